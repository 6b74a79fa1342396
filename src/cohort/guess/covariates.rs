//! Columns of measurements that stood at the start.

use std::collections::HashSet;

use super::{IDS, Look, NUMBERS, OUTCOMES, PEOPLE, SAFETY, WHOLE_IDS};
use crate::cohort::Mapping;

/// Headings of numbers that are dates, times, or names of something.
const NOT_MEASURED: &[&str] = &[
    "date", "time", "days", "day", "weeks", "week", "months", "month", "duration", "datum",
    "dauer", "tage", "wochen", "monate", "ttp", "ttr", "dor", "birth", "dob", "yob", "year of",
    "phone", "zip", "postcode", "site", "centre", "center", "hospital", "arm", "group", "cohort",
    "code", "日期", "时间", "天数", "月数", "年份", "出生", "电话", "中心", "医院", "分组", "编码",
    "编号",
];

/// Headings of what happened after the start.
const LATER: &[&str] = &[
    "follow up",
    "followup",
    "fu",
    "change",
    "delta",
    "worst",
    "nadir",
    "after",
    "post",
    "subsequent",
    "end",
    "last",
    "event",
    "status",
    "cycles",
    "cycle",
    "doses",
    "best",
    "变化",
    "治疗后",
    "术后",
    "后续",
    "周期",
    "末次",
    "最后",
    "最差",
    "事件",
    "状态",
];

/// A grade belongs to an adverse event, unless it is that of the tumour.
const GRADE: &[&str] = &["grade", "分级", "级别"];

/// What makes a grade one of the tumour.
const OF_TUMOUR: &[&str] = &[
    "tumour",
    "tumor",
    "histological",
    "histologic",
    "histology",
    "nuclear",
    "who",
    "fuhrman",
    "differentiation",
    "肿瘤",
    "组织学",
    "病理",
    "分化",
];

/// Headings of a few whole numbers that are quantities, not codes.
const QUANTITIES: &[&str] = &[
    "age",
    "alter",
    "edad",
    "eta",
    "ecog",
    "ps",
    "performance",
    "karnofsky",
    "kps",
    "lines",
    "number of",
    "no of",
    "n of",
    "count",
    "score",
    "size",
    "年龄",
    "体能",
    "评分",
    "线数",
    "数目",
    "数量",
    "个数",
    "大小",
];

/// The columns of measurements, those with a few whole numbers only where the heading says a quantity.
pub(super) fn guess(columns: &[Look<'_>], mapping: &Mapping) -> Vec<String> {
    (columns.iter())
        .filter(|column| column.is_number() && !mapping.uses(column.name))
        .filter(|column| is_measured_at_start(column) && !column.numbers_the_rows())
        .filter(|column| column.distinct(2).is_none())
        .filter(|column| !column.is_categorical(2) || column.words.has_any(QUANTITIES))
        .map(|column| column.name.to_owned())
        .collect()
}

fn is_measured_at_start(column: &Look<'_>) -> bool {
    let words = &column.words;
    let whole = [WHOLE_IDS, NUMBERS, &["year", "年"]];
    let never = [OUTCOMES, SAFETY, NOT_MEASURED, LATER, IDS, PEOPLE];
    let is_whole = |names: &&[&str]| names.iter().any(|name| words.is(name));
    !whole.iter().any(is_whole)
        && !never.iter().any(|names| words.has_any(names))
        && (!words.has_any(GRADE) || words.has_any(OF_TUMOUR))
}

impl Look<'_> {
    /// Whether the values are 1, 2, 3, … or another running number.
    fn numbers_the_rows(&self) -> bool {
        let values: Vec<f64> = self
            .sample()
            .filter_map(|row| self.column.number(row))
            .collect();
        let whole = values.iter().all(|value| value.fract() == 0.0);
        let distinct: HashSet<u64> = values.iter().map(|value| value.to_bits()).collect();
        whole && distinct.len() == values.len() && values.windows(2).all(|pair| pair[0] < pair[1])
    }
}
