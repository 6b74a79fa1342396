//! The first proposal for the mapping, on headings as clinicians write them.

use oncurve::cohort::{BestResponse, IssueKind, Mapping, Severity, TimeUnit, guess};

use crate::{build, day, status, table, texts};

const EXAMPLE: &str = include_str!("../../www/examples/oncurve-example-14-synthetic-patients.csv");

fn guessed(text: &str) -> Mapping {
    guess(&table(text))
}

/// Some rows under the headings: each column repeats its values.
fn sheet(columns: &[(&str, &[&str])]) -> String {
    let headings: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
    let mut text = headings.join(",") + "\n";
    for row in 0..12 {
        let cells: Vec<&str> = columns
            .iter()
            .map(|(_, values)| values[row % values.len()])
            .collect();
        text += &(cells.join(",") + "\n");
    }
    text
}

const IDS: &[&str] = &[
    "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11", "P12",
];
const START: &[&str] = &["2023-01-13", "2023-02-14", "2023-03-15"];
const LATER: &[&str] = &["2023-08-23", "2023-09-24", "2023-10-25"];
const SOMETIMES: &[&str] = &["2023-08-23", "", "2023-10-25"];
const BINARY: &[&str] = &["1", "0", "1"];
const MONTHS: &[&str] = &[
    "3.1", "12.4", "7.7", "22.9", "18.2", "5.5", "6.1", "9.3", "14.8", "2.2", "11.1", "8.4",
];
const LONG_DAYS: &[&str] = &["306", "455", "1010", "210", "883"];
const DAYS: &[&str] = &[
    "93", "372", "231", "687", "546", "165", "183", "279", "444", "66", "333", "252",
];

fn name(column: &Option<String>) -> Option<&str> {
    column.as_deref()
}

fn groups(mapping: &Mapping) -> Vec<&str> {
    let columns = mapping.groups.iter();
    columns.map(|grouping| &*grouping.column).collect()
}

#[test]
fn the_example_cohort_is_recognised_whole() {
    let mapping = guessed(EXAMPLE);
    assert_eq!(name(&mapping.patient), Some("Patient"));
    assert_eq!(name(&mapping.start), Some("Start date"));
    assert_eq!(name(&mapping.progression), Some("Progression date"));
    assert_eq!(name(&mapping.death), Some("Death date"));
    assert_eq!(name(&mapping.last_contact), Some("Last contact"));
    let response = mapping.response.as_ref().expect("best response");
    assert_eq!(response.column, "Best response");
    assert_eq!(response.codes["SD"], BestResponse::Sd);
    assert_eq!((&mapping.died, &mapping.progressed), (&None, &None));
    assert_eq!((&mapping.pfs, &mapping.os), (&None, &None));
    assert_eq!(
        groups(&mapping),
        ["Sex", "ECOG", "Stage", "Histology", "PD-L1"]
    );
}

#[test]
fn headings_of_a_chinese_ward_are_recognised() {
    let mapping = guessed(&sheet(&[
        ("住院号", IDS),
        ("性别", &["男", "女"]),
        ("出生日期", &["1960-05-13", "1955-06-14"]),
        ("首次用药日期", START),
        ("进展日期", SOMETIMES),
        ("死亡日期", &["", "2023-11-26", ""]),
        ("末次随访日期", LATER),
        (
            "最佳疗效",
            &["部分缓解", "疾病稳定", "疾病进展", "完全缓解"],
        ),
        ("PD-L1表达", &["阳性", "阴性", "不详"]),
    ]));
    assert_eq!(name(&mapping.patient), Some("住院号"));
    assert_eq!(name(&mapping.start), Some("首次用药日期"));
    assert_eq!(name(&mapping.progression), Some("进展日期"));
    assert_eq!(name(&mapping.death), Some("死亡日期"));
    assert_eq!(name(&mapping.last_contact), Some("末次随访日期"));
    let response = mapping.response.as_ref().expect("best response");
    assert_eq!(response.codes.len(), 4);
    assert_eq!(response.codes["疾病稳定"], BestResponse::Sd);
    assert_eq!(groups(&mapping), ["性别", "PD-L1表达"]);
}

#[test]
fn ready_made_times_and_events_are_paired() {
    let mapping = guessed(&sheet(&[
        ("USUBJID", IDS),
        ("ARM", &["A", "B"]),
        ("PFS_months", MONTHS),
        ("PFS_event", BINARY),
        ("OS.time", DAYS),
        ("OS_CNSR", BINARY),
    ]));
    assert_eq!(name(&mapping.patient), Some("USUBJID"));
    let pfs = mapping.pfs.expect("PFS");
    assert_eq!((&*pfs.time, &*pfs.event), ("PFS_months", "PFS_event"));
    assert_eq!(
        (pfs.unit, pfs.event_values),
        (TimeUnit::Months, texts(&["1"]))
    );
    let os = mapping.os.expect("OS");
    assert_eq!((&*os.time, &*os.event), ("OS.time", "OS_CNSR"));
    assert_eq!((os.unit, os.event_values), (TimeUnit::Days, texts(&["0"])));
    assert_eq!(mapping.groups.len(), 1);
}

#[test]
fn ready_made_columns_are_paired_in_chinese_too() {
    let mapping = guessed(&sheet(&[
        ("姓名", IDS),
        ("无进展生存期（月）", MONTHS),
        ("PFS状态", BINARY),
        ("总生存期（月）", MONTHS),
        ("生存状态", &["死亡", "存活", "失访"]),
    ]));
    assert_eq!(name(&mapping.patient), Some("姓名"));
    let pfs = mapping.pfs.expect("PFS");
    assert_eq!((&*pfs.time, &*pfs.event), ("无进展生存期（月）", "PFS状态"));
    let os = mapping.os.expect("OS");
    assert_eq!((&*os.time, &*os.event), ("总生存期（月）", "生存状态"));
    assert_eq!(
        (os.unit, os.event_values),
        (TimeUnit::Months, texts(&["死亡"]))
    );
}

#[test]
fn a_time_beside_a_yes_or_no_is_ready_made() {
    let yes_no: &[&str] = &["yes", "no"];
    let mapping = guessed(&sheet(&[
        ("ID", IDS),
        ("PFS (weeks)", MONTHS),
        ("Progressed", yes_no),
        ("OS (days)", DAYS),
        ("Dead", yes_no),
    ]));
    let pfs = mapping.pfs.expect("PFS");
    assert_eq!((&*pfs.time, &*pfs.event), ("PFS (weeks)", "Progressed"));
    assert_eq!(
        (pfs.unit, pfs.event_values),
        (TimeUnit::Weeks, texts(&["yes"]))
    );
    let os = mapping.os.expect("OS");
    assert_eq!((&*os.time, &*os.event), ("OS (days)", "Dead"));
    assert_eq!(
        (os.unit, os.event_values),
        (TimeUnit::Days, texts(&["yes"]))
    );
    for ttp in ["TTP (months)", "Time to progression (months)"] {
        let mapping = guessed(&sheet(&[
            ("ID", IDS),
            (ttp, MONTHS),
            ("Progressed", yes_no),
        ]));
        let pfs = mapping.pfs.expect("TTP");
        assert_eq!((&*pfs.time, &*pfs.event), (ttp, "Progressed"));
        assert_eq!(pfs.unit, TimeUnit::Months);
    }
}

#[test]
fn a_column_of_both_events_is_better_than_one_of_progressions() {
    let mapping = guessed(&sheet(&[
        ("ID", IDS),
        ("PFS (weeks)", MONTHS),
        ("Progressed", BINARY),
        ("Progression or death", BINARY),
    ]));
    assert_eq!(mapping.pfs.expect("PFS").event, "Progression or death");
    // So are dates of both.
    let mapping = guessed(&sheet(&[
        ("ID", IDS),
        ("Start date", START),
        ("PD date", SOMETIMES),
        ("Death date", &["", "2023-11-26", ""]),
        ("Last contact", LATER),
        ("PFS (weeks)", MONTHS),
        ("Progressed", BINARY),
    ]));
    assert_eq!(mapping.pfs, None);
    assert_eq!(name(&mapping.progression), Some("PD date"));
}

#[test]
fn a_vital_status_is_no_event_of_pfs() {
    let mapping = guessed(&sheet(&[
        ("ID", IDS),
        ("PFS (weeks)", MONTHS),
        ("Status", &["dead", "alive"]),
    ]));
    assert_eq!(mapping.pfs, None);
}

#[test]
fn portal_exports_are_recognised() {
    let mapping = guessed(&sheet(&[
        ("Patient ID", IDS),
        ("Overall Survival (Months)", MONTHS),
        ("Overall Survival Status", &["0:LIVING", "1:DECEASED"]),
        ("Progression Free Survival (Months)", MONTHS),
        ("Progression Free Status", &["0:CENSORED", "1:PROGRESSION"]),
    ]));
    let os = mapping.os.expect("OS");
    assert_eq!(
        (&*os.event, os.event_values),
        ("Overall Survival Status", texts(&["1:DECEASED"]))
    );
    let pfs = mapping.pfs.expect("PFS");
    assert_eq!(
        (&*pfs.event, pfs.event_values),
        ("Progression Free Status", texts(&["1:PROGRESSION"]))
    );
}

#[test]
fn dates_beside_yes_no_columns_are_both_used() {
    let mapping = guessed(&sheet(&[
        ("ID", IDS),
        ("Start date", START),
        ("PFS event (1/0)", BINARY),
        ("PD date", SOMETIMES),
        ("Death (0/1)", &["0", "1", "0"]),
        ("Last FU date", LATER),
    ]));
    assert_eq!(name(&mapping.start), Some("Start date"));
    assert_eq!(name(&mapping.progression), Some("PD date"));
    assert_eq!(name(&mapping.last_contact), Some("Last FU date"));
    assert_eq!(mapping.death, None);
    assert_eq!(mapping.died, Some(status("Death (0/1)", &["1"])));
    // An event of PFS may be a death: it is not a progression.
    assert_eq!(mapping.progressed, None);
    assert_eq!(mapping.pfs, None);
    assert_eq!(mapping.groups, []);
}

#[test]
fn a_date_of_death_or_last_follow_up_needs_the_vital_status() {
    let mapping = guessed(&sheet(&[
        ("Patient", IDS),
        ("Treatment start", START),
        ("Progressed (yes/no)", &["yes", "no", "yes"]),
        ("Date of progression", SOMETIMES),
        ("Vital status", &["Dead", "Alive"]),
        ("Date of death or last follow-up", LATER),
    ]));
    assert_eq!(mapping.death, None);
    assert_eq!(
        name(&mapping.last_contact),
        Some("Date of death or last follow-up")
    );
    assert_eq!(mapping.died, Some(status("Vital status", &["Dead"])));
    assert_eq!(
        mapping.progressed,
        Some(status("Progressed (yes/no)", &["yes"]))
    );
}

#[test]
fn a_date_of_death_that_the_living_have_too_is_the_last_contact() {
    let mapping = guessed(&sheet(&[
        ("Start date", START),
        ("Status", &["dead", "alive"]),
        ("Death date", LATER),
    ]));
    assert_eq!(mapping.death, None);
    assert_eq!(name(&mapping.last_contact), Some("Death date"));
    assert_eq!(mapping.died, Some(status("Status", &["dead"])));
}

#[test]
fn a_date_of_progression_that_others_have_too_is_not_one() {
    for event in ["Progression", "Progressed (yes/no)", "PFS event"] {
        let mapping = guessed(&sheet(&[
            ("Start date", START),
            (event, BINARY),
            ("Progression date", LATER),
            ("Last contact", LATER),
        ]));
        assert_eq!((mapping.progression, mapping.progressed), (None, None));
    }
}

#[test]
fn a_date_of_pfs_with_its_event_is_ready_made() {
    let mapping = guessed(&sheet(&[
        ("Randomisation date", START),
        ("PFS date", LATER),
        ("PFS event", BINARY),
    ]));
    let pfs = mapping.pfs.expect("PFS");
    assert_eq!((&*pfs.time, &*pfs.event), ("PFS date", "PFS event"));
}

#[test]
fn dates_of_death_decide_which_number_is_the_event() {
    let columns: &[(&str, &[&str])] = &[
        ("Start date", START),
        ("Status OS", &["1", "2", "2"]),
        ("Date of death", &["2023-08-23", "", ""]),
        ("OS days", DAYS),
    ];
    let os = guessed(&sheet(columns)).os.expect("OS");
    assert_eq!(os.event_values, texts(&["1"]));
    let without: Vec<_> = columns
        .iter()
        .filter(|(heading, _)| *heading != "Date of death")
        .copied()
        .collect();
    let os = guessed(&sheet(&without)).os.expect("OS");
    assert_eq!(os.event_values, texts(&["2"]));
}

#[test]
fn the_finer_of_two_units_is_taken() {
    let mapping = guessed(&sheet(&[
        ("PFS (months)", MONTHS),
        ("PFS (days)", DAYS),
        ("PFS event", BINARY),
    ]));
    let pfs = mapping.pfs.expect("PFS");
    assert_eq!((&*pfs.time, pfs.unit), ("PFS (days)", TimeUnit::Days));
}

#[test]
fn large_whole_numbers_are_days_and_others_months() {
    let days = guessed(&sheet(&[("OS", DAYS), ("death", BINARY)]))
        .os
        .expect("OS");
    assert_eq!(days.unit, TimeUnit::Days);
    let months = guessed(&sheet(&[("OS", MONTHS), ("death", BINARY)]))
        .os
        .expect("OS");
    assert_eq!(months.unit, TimeUnit::Months);
}

#[test]
fn a_time_and_status_that_name_no_endpoint_are_guessed_to_be_overall_survival_and_it_is_said() {
    // As in R's lung data: 1 = censored, 2 = dead.
    let coded: &[&str] = &["2", "1", "2"];
    for (time, event, unit) in [
        ("time", "status", TimeUnit::Days),
        ("Follow-up (days)", "Event", TimeUnit::Days),
        ("随访时间（月）", "结局", TimeUnit::Months),
    ] {
        let text = sheet(&[
            ("inst", IDS),
            (time, LONG_DAYS),
            (event, coded),
            ("sex", &["1", "2"]),
        ]);
        let os = guess(&table(&text)).os.expect(time);
        assert_eq!((&*os.time, &*os.event, os.unit), (time, event, unit));
        assert_eq!(os.event_values, ["2"]);
        let mapping = Mapping {
            os: Some(os),
            ..Mapping::default()
        };
        let (_, issues) = build(&text, &mapping);
        let said = (issues.iter()).find(|issue| issue.kind == IssueKind::EndpointAssumed);
        let said = said.expect("the person is told");
        assert_eq!(said.column.as_deref(), Some(time));
        assert_eq!(said.severity, Severity::Warning);
    }
}

#[test]
fn a_time_beside_a_column_of_deaths_is_overall_survival_without_a_guess() {
    let text = sheet(&[("time (months)", MONTHS), ("death", BINARY)]);
    let mapping = guess(&table(&text));
    assert_eq!(mapping.os.as_ref().map(|os| &*os.event), Some("death"));
    let (_, issues) = build(&text, &mapping);
    assert!((issues.iter()).all(|issue| issue.kind != IssueKind::EndpointAssumed));
}

#[test]
fn levels_that_differ_in_their_case_alone_are_one_and_remarks_are_no_group() {
    let mapping = guessed(&sheet(&[
        ("Pat. Nr", IDS),
        ("Sex (m/w)", &["m", "W", "w", "m", "w", "M"]),
        ("Comments", &["BSC", "second primary"]),
        ("PD-L1", &["pos", "neg", "n.d."]),
        ("OS", MONTHS),
        ("death", BINARY),
    ]));
    assert_eq!(name(&mapping.patient), Some("Pat. Nr"));
    let columns: Vec<&str> = mapping.groups.iter().map(|group| &*group.column).collect();
    assert_eq!(columns, ["Sex (m/w)", "PD-L1"]);
    let labels: Vec<(&str, &str)> = (mapping.groups[0].labels.iter())
        .map(|(text, label)| (&**text, &**label))
        .collect();
    assert_eq!(labels, [("M", "m"), ("W", "w")]);
    assert!(mapping.groups[1].labels.is_empty());
}

#[test]
fn a_row_of_units_below_the_headings_names_the_unit() {
    let text = "OS,death\n(days),\n3,1\n12,0\n20,1\n31,0\n";
    let os = guess(&table(text)).os.expect("OS");
    assert_eq!(os.unit, TimeUnit::Days);
    let mapping = Mapping {
        os: Some(os),
        ..Mapping::default()
    };
    let (_, issues) = build(text, &mapping);
    assert!(
        !issues
            .iter()
            .any(|issue| matches!(issue.kind, IssueKind::UnitAssumed { .. }))
    );
}

#[test]
fn a_cut_off_column_gives_the_one_date() {
    let mapping = guessed(&sheet(&[
        ("Start date", START),
        ("Death date", SOMETIMES),
        ("Data cut-off", &["2024-06-30"]),
    ]));
    assert_eq!(mapping.cut_off, Some(day("2024-06-30")));
    assert_eq!(mapping.last_contact, None);
}

// ---- What must stay empty --------------------------------------------------------------------------

#[test]
fn an_unnamed_time_and_status_belong_to_no_endpoint_where_there_is_another() {
    let unnamed = [("id", IDS), ("time", DAYS), ("status", BINARY)];
    let os = |more: &[(&str, &[&str])]| guessed(&sheet(&[&unnamed[..], more].concat())).os;
    assert_eq!(os(&[("duration", DAYS)]), None, "two times");
    assert_eq!(os(&[("event", BINARY)]), None, "two events");
    assert_eq!(os(&[("Start date", START)]), None);
    let response = sheet(&[("time to response", DAYS), ("status", BINARY)]);
    assert_eq!(guessed(&response).os, None);
    let relapse = sheet(&[("time", DAYS), ("status", &["relapse", "none"])]);
    assert_eq!(guessed(&relapse).os, None);
}

#[test]
fn two_columns_for_one_role_leave_it_empty() {
    let mapping = guessed(&sheet(&[
        ("Start date", START),
        ("Progression date (investigator)", SOMETIMES),
        ("Progression date (BICR)", SOMETIMES),
    ]));
    assert_eq!(name(&mapping.start), Some("Start date"));
    assert_eq!(mapping.progression, None);
    let mapping = guessed(&sheet(&[
        ("PFS inv", MONTHS),
        ("PFS bicr", MONTHS),
        ("PFS event", BINARY),
    ]));
    assert_eq!(mapping.pfs, None);
}

#[test]
fn the_plain_heading_wins_over_the_longer_one() {
    let mapping = guessed(&sheet(&[
        ("Start date of radiotherapy", START),
        ("Start date", START),
    ]));
    assert_eq!(name(&mapping.start), Some("Start date"));
}

#[test]
fn misleading_headings_are_not_taken() {
    let mapping = guessed(&sheet(&[
        (
            "Patient age",
            &[
                "61", "62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "72",
            ],
        ),
        ("Date of birth", &["1960-05-13", "1955-06-14"]),
        ("PD-L1 test date", START),
        ("PD-1 antibody date", START),
        ("Death cause", &["cancer", "other", ""]),
        ("Treatment-related death", &["No"]),
        ("End of treatment date", LATER),
        ("PFS at 6 months", BINARY),
        ("Next visit date", LATER),
        ("PFS rate", MONTHS),
        ("OS", MONTHS),
        ("Death within 30 days", BINARY),
    ]));
    assert_eq!(mapping.patient, None);
    assert_eq!(mapping.start, None);
    assert_eq!(mapping.progression, None);
    assert_eq!(mapping.death, None);
    assert_eq!(mapping.died, None);
    assert_eq!(mapping.last_contact, None);
    assert_eq!((mapping.pfs, mapping.os), (None, None));
}

#[test]
fn dates_before_the_start_are_not_its_events() {
    let mapping = guessed(&sheet(&[
        ("Start date", LATER),
        ("Progression date", START),
    ]));
    assert_eq!(mapping.progression, None);
}

#[test]
fn a_role_of_dates_needs_dates() {
    let mapping = guessed(&sheet(&[
        ("Start date", START),
        ("Progression", &["liver", "lung", "none"]),
        ("Last contact", &["phone", "visit"]),
    ]));
    assert_eq!((mapping.progression, mapping.last_contact), (None, None));
}

#[test]
fn responders_yes_or_no_are_not_best_responses() {
    let mapping = guessed(&sheet(&[("Patient", IDS), ("Response", &["yes", "no"])]));
    assert_eq!(mapping.response, None);
}

#[test]
fn earlier_lines_are_not_the_best_response() {
    let response = &["CR", "PR", "SD", "PD"];
    let mapping = guessed(&sheet(&[
        ("Response to prior therapy", response),
        ("Cycle 2", response),
        ("BOR", response),
    ]));
    assert_eq!(mapping.response.expect("BOR").column, "BOR");
    let mapping = guessed(&sheet(&[("Cycle 2", response), ("Cycle 4", response)]));
    assert_eq!(mapping.response, None);
}

#[test]
fn groups_have_two_to_ten_levels() {
    let mapping = guessed(&sheet(&[
        ("Patient", IDS),
        ("Centre", &["One"]),
        ("Drug", &["A", "B", "C"]),
        ("Smoking status", &["never", "former"]),
        ("EGFR mutation", &["yes", "no"]),
        ("Grade", &["1", "2", "3"]),
        ("Marker", MONTHS),
        ("Note", IDS),
    ]));
    assert_eq!(
        groups(&mapping),
        ["Drug", "Smoking status", "EGFR mutation", "Grade"]
    );
}

#[test]
fn events_of_other_endpoints_are_no_groups() {
    let mapping = guessed(&sheet(&[
        ("Patient", IDS),
        ("DFS_STATUS", &["0:DiseaseFree", "1:Recurred/Progressed"]),
        ("RFS event", BINARY),
        ("EFS_event", BINARY),
        ("TTP event", BINARY),
        ("Relapsed", BINARY),
        ("Recurred", BINARY),
        ("Deceased", BINARY),
    ]));
    assert_eq!(groups(&mapping), [""; 0]);
}

#[test]
fn a_totals_row_is_proposed_to_be_left_out() {
    let text = sheet(&[("Patient", IDS), ("Start date", START), ("Age", DAYS)]) + "Total,,3651\n";
    assert_eq!(guessed(&text).excluded_rows, [14]);
}

#[test]
fn a_table_of_one_row_is_no_trouble() {
    let mapping =
        guessed("Patient,Start date,Death date,Last contact,Sex\nA,2023-01-13,,2023-08-23,M\n");
    assert_eq!(name(&mapping.start), Some("Start date"));
    assert_eq!(name(&mapping.death), Some("Death date"));
    assert_eq!(mapping.groups, []);
}
