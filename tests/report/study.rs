//! Studies that the tests analyse: public-domain data sets of R's survival, and the synthetic example.

use std::fs;
use std::path::Path;

use oncurve::Study;
use oncurve::analysis::{Analysis, Outcome};
use oncurve::cohort::{Grouping, Mapping, TimeAndEvent, TimeUnit};
use oncurve::table::ReadOptions;

/// A file of this repository.
pub fn file(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// A csv of this repository with its mapping assigned.
pub fn open(path: &str, mapping: Mapping) -> Study {
    let name = Path::new(path).file_name().unwrap().to_str().unwrap();
    of_bytes(&file(path), name, mapping)
}

/// The same of bytes.
pub fn of_bytes(bytes: &[u8], name: &str, mapping: Mapping) -> Study {
    let mut study = Study::open(bytes, name, ReadOptions::default()).unwrap();
    study.assign(mapping).unwrap();
    study
}

/// A data set of R's survival with OS in days, 1 = dead.
pub fn reference(name: &str, group: Option<&str>) -> Study {
    let mapping = Mapping {
        os: Some(TimeAndEvent {
            time: "time".to_owned(),
            event: "status".to_owned(),
            unit: TimeUnit::Days,
            event_values: vec!["1".to_owned()],
            blank_is_no_event: false,
        }),
        groups: group.into_iter().map(grouping).collect(),
        ..Mapping::default()
    };
    open(&format!("tests/reference/data/{name}.csv"), mapping)
}

/// A column `time` in months with a column of events, 1 = event.
pub fn in_months(event: &str) -> TimeAndEvent {
    TimeAndEvent {
        time: "time".to_owned(),
        event: event.to_owned(),
        unit: TimeUnit::Months,
        event_values: vec!["1".to_owned()],
        blank_is_no_event: false,
    }
}

/// The example cohort with dates.
pub fn example() -> Study {
    let path = "www/examples/oncurve-example-14-synthetic-patients.csv";
    let name = Path::new(path).file_name().unwrap().to_str().unwrap();
    let mut study = Study::open(&file(path), name, ReadOptions::default()).unwrap();
    let mapping = Mapping {
        groups: vec![grouping("PD-L1"), grouping("Sex")],
        ..study.guess()
    };
    study.assign(mapping).unwrap();
    study
}

pub fn grouping(column: &str) -> Grouping {
    Grouping {
        column: column.to_owned(),
        ..Grouping::default()
    }
}

pub fn run(study: &Study, analysis: &Analysis) -> Outcome {
    study.run(analysis, &mut |_| ()).unwrap()
}
