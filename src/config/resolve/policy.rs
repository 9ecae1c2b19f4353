//! A written policy against the rule: 45 CFR 164.514(b)(2)(i).

use crate::config::read::Document;
use crate::config::written::{
    Ages, CodeScope, CustomPolicy, Dates, Operator as Written, Policy as WrittenPolicy, Profile,
    SmallAreas, ZipTable,
};
use crate::deid::terms::{TermError, Terms};
use crate::deid::{NO_RISK_BOUND, Operator, Policy};
use crate::domain::Category;

const RULE: &str = "45 CFR 164.514(b)(2)(i)";

/// A derived code that stands for a person is itself an identifier: R, and (c)
/// permits only codes that are not derived and not disclosed.
const CODES: &str = "45 CFR 164.514(b)(2)(i)(R) and (c)(1)";

/// The policy that is meant, with the tenant's sealed `terms`, and why clock
/// times stay. Every breach of the rule is refused with its paragraph.
pub(super) fn resolve(
    document: &mut Document,
    written: &WrittenPolicy,
    terms: Terms,
) -> (Policy, Option<String>) {
    let WrittenPolicy::Custom(custom) = written else {
        let operators = Policy::safe_harbor().operators;
        let policy = Policy::new(operators, false, terms, NO_RISK_BOUND);
        return (policy, None);
    };
    profile(document, custom);
    generalizing(document, custom);
    scope(document, custom);
    let reason = clock_times(document, custom);
    let operators = operators(document, custom);
    let terms = with_written(document, custom, terms);
    let bound = risk_bound(document, custom);
    let policy = Policy::new(operators, custom.keep_clock_times, terms, bound);
    (policy, reason)
}

/// Adds the terms of the policy itself. They are named by their places: a
/// tenant's own words are not repeated.
fn with_written(document: &mut Document, custom: &CustomPolicy, mut terms: Terms) -> Terms {
    for (i, term) in custom.allow.iter().enumerate() {
        if let Err(why) = terms.allow(term) {
            refuse_term(document, &format!("allow/{i}"), why);
        }
    }
    if !custom.deny.is_empty() {
        let what = "stands in the clear in a file that is copied and mailed";
        let remedy = "where it names anybody, seal it: `leeward tenant seal`, and `terms`";
        document.warn("/policy/deny", what, remedy);
    }
    for (category, denied) in &custom.deny {
        for (i, term) in denied.iter().enumerate() {
            if let Err(why) = terms.deny(term, *category) {
                refuse_term(document, &format!("deny/{category}/{i}"), why);
            }
        }
    }
    terms
}

fn refuse_term(document: &mut Document, setting: &str, why: TermError) {
    let why = why.to_string();
    let (what, remedy) = why.split_once("; ").unwrap_or((&why, "change the term"));
    refuse(document, setting, what, remedy);
}

fn risk_bound(document: &mut Document, custom: &CustomPolicy) -> u16 {
    match custom.risk_bound {
        None => NO_RISK_BOUND,
        Some(bound) if (0.0..=1.0).contains(&bound.0) => (bound.0 * 1000.0).round() as u16,
        Some(_) => {
            let what = "is not a probability";
            refuse(document, "risk_bound", what, "write a number from 0 to 1");
            NO_RISK_BOUND
        }
    }
}

fn refuse(document: &mut Document, setting: &str, breach: &str, remedy: &str) {
    document.refuse(&format!("/policy/{setting}"), breach, remedy);
}

fn profile(document: &mut Document, custom: &CustomPolicy) {
    let what = match custom.profile {
        Profile::SafeHarbor => return,
        Profile::LimitedDataSet => {
            "a limited data set is still protected health information and needs a data use \
             agreement (45 CFR 164.514(e)); this version does not offer it"
        }
        Profile::ExpertDetermination => {
            "an expert determination needs an expert's documented methods and results \
             (45 CFR 164.514(b)(1)); this version does not offer it"
        }
    };
    refuse(document, "profile", what, "write `safe_harbor`");
}

fn generalizing(document: &mut Document, custom: &CustomPolicy) {
    if let Some(why) = dates_breach(custom.dates) {
        let what = format!("{why}, which {RULE}(C) has removed");
        refuse(document, "dates", &what, "write `year`");
    }
    if custom.ages != Ages::UpTo89 {
        let what = format!(
            "tells ages over 89 apart; {RULE}(C) permits only the one category of age 90 or older"
        );
        refuse(document, "ages", &what, "write `up_to_89`");
    }
    zip(document, custom);
}

const fn dates_breach(dates: Dates) -> Option<&'static str> {
    match dates {
        Dates::Year => None,
        Dates::Shift => Some("a shifted date is an element of a date derived from the real one"),
        Dates::Offset => Some("days counted from a person's event are derived from its date"),
        Dates::Season
        | Dates::Quarter
        | Dates::Month
        | Dates::Week
        | Dates::Weekday
        | Dates::Day => Some("leaves an element of the date other than the year"),
    }
}

fn zip(document: &mut Document, custom: &CustomPolicy) {
    if custom.zip_digits > 3 {
        let what = format!(
            "leaves more of a ZIP code than the first three digits, which {RULE}(B) has removed"
        );
        refuse(document, "zip_digits", &what, "write 3");
    } else if custom.zip_digits < 3 {
        let what = "only three digits are offered";
        refuse(
            document,
            "zip_digits",
            what,
            "write 3, or `zip: redact` under `operators`",
        );
    }
    if custom.zip_table != ZipTable::Census2020 {
        let what =
            format!("is not the current publicly available census data that {RULE}(B)(1) asks for");
        refuse(document, "zip_table", &what, "write `census-2020`");
    }
    if custom.zip_small_areas == SmallAreas::Keep {
        let what = format!(
            "leaves the digits of areas of 20,000 people or fewer, which {RULE}(B)(2) has changed to 000"
        );
        refuse(document, "zip_small_areas", &what, "write `zero`");
    }
}

fn scope(document: &mut Document, custom: &CustomPolicy) {
    if custom.code_scope != CodeScope::Conversation {
        let what = format!(
            "one code for a person over several conversations is a unique identifying code: {CODES}"
        );
        refuse(document, "code_scope", &what, "write `conversation`");
    }
}

fn clock_times(document: &mut Document, custom: &CustomPolicy) -> Option<String> {
    let reason = custom.keep_clock_times_reason.as_deref().map(str::trim);
    let reason = reason.filter(|reason| !reason.is_empty());
    if custom.keep_clock_times && reason.is_none() {
        let what = format!(
            "clock times may be read as elements of dates ({RULE}(C)); to keep them takes a reason"
        );
        let remedy = "add `keep_clock_times_reason`, which is recorded, or write `false`";
        refuse(document, "keep_clock_times", &what, remedy);
    }
    if custom.keep_clock_times && custom.operators.contains_key(&Category::Time) {
        let what = "clock times cannot both stay and be replaced";
        refuse(
            document,
            "operators/time",
            what,
            "remove it, or `keep_clock_times`",
        );
    }
    reason
        .filter(|_| custom.keep_clock_times)
        .map(str::to_owned)
}

fn operators(document: &mut Document, custom: &CustomPolicy) -> [Operator; Category::ALL.len()] {
    let mut operators = Policy::safe_harbor().operators;
    for (category, written) in &custom.operators {
        match operator(*category, *written) {
            Ok(operator) => operators[category.index()] = operator,
            Err(breach) => {
                let setting = format!("operators/{category}");
                let remedy = remedy(*category, *written);
                refuse(document, &setting, &breach, remedy);
            }
        }
    }
    operators
}

fn operator(category: Category, written: Written) -> Result<Operator, String> {
    let paragraph = category.paragraph();
    let why = match written {
        Written::Placeholder => return Ok(Operator::Placeholder),
        Written::Surrogate => return Ok(Operator::Surrogate),
        Written::Redact => return Ok(Operator::Redact),
        Written::Generalize if generalizes(category) => return Ok(Operator::Generalize),
        Written::Generalize => "nothing general is permitted to stand for it",
        Written::Keep => "leaves the identifier",
        Written::Mask => "leaves the identifier's length or some of its characters, a part of it",
        Written::FirstDigits
        | Written::LastDigits
        | Written::Initials
        | Written::Truncate
        | Written::Domain => "leaves a part of the identifier",
        Written::Phonetic | Written::Nearby => "is derived from the identifier",
        Written::DateShift => "is derived from the date",
        Written::Hash | Written::Hmac | Written::Encrypt | Written::Fpe => {
            return Err(format!(
                "leaves a code derived from the identifier: {CODES}"
            ));
        }
        Written::Token | Written::Pseudonym => {
            return Err(format!(
                "leaves one code for one person everywhere: {CODES}"
            ));
        }
    };
    Err(format!("{why}, and {paragraph} has it removed"))
}

const fn generalizes(category: Category) -> bool {
    matches!(category, Category::Date | Category::Age | Category::Zip)
}

const fn remedy(category: Category, written: Written) -> &'static str {
    if matches!((category, written), (Category::Time, Written::Keep)) {
        return "write `keep_clock_times: true` and its reason, or `placeholder`";
    }
    if generalizes(category) {
        "write `generalize`, `placeholder`, `surrogate` or `redact`"
    } else {
        "write `placeholder`, `surrogate` or `redact`"
    }
}
