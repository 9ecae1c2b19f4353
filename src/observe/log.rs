//! JSON logs that cannot carry content.
//!
//! A line holds the time, the level, the module and the fields of a closed
//! list, each with the form that its values must have. Everything else is left
//! out and counted: free text (the message itself), fields of other names,
//! values of other forms. So an event is named by its `event` field:
//!
//! ```
//! tracing::info!(event = "slot_won", tenant = "north", partition = 3, rows = 120);
//! ```

use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::filter::Targets;

/// What the values of a field look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A word of this program: `a-z`, `0-9`, `_`, `.` and `-`, at most 64.
    Word,
    /// A topic's name, at most 249.
    Topic,
    /// Hexadecimal digits, at most 64.
    Hash,
    /// A number or a truth.
    Number,
    /// An error of this program's own types; their texts name places and
    /// remedies, never values.
    Error,
}

const FIELDS: [(&str, Form); 39] = [
    ("event", Form::Word),
    ("tenant", Form::Word),
    ("reason", Form::Word),
    ("rule", Form::Word),
    ("store", Form::Word),
    ("kind", Form::Word),
    ("state", Form::Word),
    ("outcome", Form::Word),
    ("category", Form::Word),
    ("detector", Form::Word),
    ("version", Form::Word),
    ("code", Form::Word),
    ("topic", Form::Topic),
    ("policy", Form::Hash),
    ("hash", Form::Hash),
    ("error", Form::Error),
    ("partition", Form::Number),
    ("slot", Form::Number),
    ("epoch", Form::Number),
    ("offset", Form::Number),
    ("end", Form::Number),
    ("resume", Form::Number),
    ("low_watermark", Form::Number),
    ("high_watermark", Form::Number),
    ("lag", Form::Number),
    ("records", Form::Number),
    ("turns", Form::Number),
    ("conversations", Form::Number),
    ("files", Form::Number),
    ("rows", Form::Number),
    ("bytes", Form::Number),
    ("tenants", Form::Number),
    ("count", Form::Number),
    ("port", Form::Number),
    ("release", Form::Number),
    ("attempt", Form::Number),
    ("ms", Form::Number),
    ("days", Form::Number),
    ("paused", Form::Number),
];

/// Whether `text` is a log filter such as `info,leeward::release=debug`.
#[must_use]
pub fn is_filter(text: &str) -> bool {
    text.parse::<Targets>().is_ok()
}

/// Writes this process's logs to standard error from now on.
///
/// # Errors
/// When `filter` is not a log filter, or logs are written already.
pub fn init(filter: &str) -> Result<Levels, LogError> {
    let levels = Levels::new(filter)?;
    let lines = JsonLines::new(levels.clone(), std::io::stderr());
    tracing::subscriber::set_global_default(lines).map_err(|_| LogError::Twice)?;
    Ok(levels)
}

/// The filter in force, which may change while logs are written.
#[derive(Debug, Clone)]
pub struct Levels(Arc<RwLock<Targets>>);

impl Levels {
    fn new(filter: &str) -> Result<Self, LogError> {
        let filter: Targets = filter.parse().map_err(|_| LogError::Filter)?;
        Ok(Self(Arc::new(RwLock::new(filter))))
    }

    /// Takes `filter` in the place of the one before; whether it differs.
    ///
    /// # Errors
    /// When it is not a log filter: the one before stays.
    pub fn change(&self, filter: &str) -> Result<bool, LogError> {
        let filter: Targets = filter.parse().map_err(|_| LogError::Filter)?;
        let mut own = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if *own == filter {
            return Ok(false);
        }
        *own = filter;
        drop(own);
        // Each place that logs remembers whether it is heard.
        tracing::callsite::rebuild_interest_cache();
        Ok(true)
    }

    fn hear(&self, metadata: &Metadata<'_>) -> bool {
        let filter = self.0.read().unwrap_or_else(PoisonError::into_inner);
        filter.would_enable(metadata.target(), metadata.level())
    }
}

/// Why logs could not be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The filter has no meaning.
    #[error("not a log filter; write one such as `info,leeward::release=debug`")]
    Filter,
    /// Logs were set up before.
    #[error("logs are set up already")]
    Twice,
}

/// Writes each event that passes a filter as one line of JSON. Spans are not
/// kept: what a line needs to say, its event says.
#[derive(Debug)]
struct JsonLines<W> {
    levels: Levels,
    out: Mutex<W>,
}

impl<W: Write> JsonLines<W> {
    const fn new(levels: Levels, out: W) -> Self {
        let out = Mutex::new(out);
        Self { levels, out }
    }
}

impl<W: Write + 'static> Subscriber for JsonLines<W> {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.levels.hear(metadata)
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        let metadata = event.metadata();
        let time = jiff::Timestamp::now().to_string();
        line.fields.insert("time".into(), time.into());
        let level = metadata.level().as_str();
        line.fields.insert("level".into(), level.into());
        line.fields
            .insert("module".into(), metadata.target().into());
        event.record(&mut line);
        if line.left_out > 0 {
            line.fields.insert("left_out".into(), line.left_out.into());
        }
        let mut text = Value::Object(line.fields).to_string();
        text.push('\n');
        if let Ok(mut out) = self.out.lock() {
            // A log that cannot be written must not stop the work.
            let _ = out.write_all(text.as_bytes());
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// One line in the making.
#[derive(Default)]
struct Line {
    fields: Map<String, Value>,
    left_out: u64,
}

impl Line {
    fn put(&mut self, field: &Field, fits: impl Fn(Form) -> bool, value: Value) {
        let form = FIELDS.iter().find(|(name, _)| *name == field.name());
        match form {
            Some((name, form)) if fits(*form) => {
                self.fields.insert((*name).into(), value);
            }
            _ => self.left_out += 1,
        }
    }
}

fn text_fits(form: Form, text: &str) -> bool {
    let all = |most: usize, good: fn(u8) -> bool| {
        !text.is_empty() && text.len() <= most && text.bytes().all(good)
    };
    match form {
        Form::Word => all(64, |b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.-".contains(&b)
        }),
        Form::Topic => all(249, |b| b.is_ascii_alphanumeric() || b"_.-".contains(&b)),
        Form::Hash => all(64, |b| b.is_ascii_hexdigit()),
        Form::Number | Form::Error => false,
    }
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, text: &str) {
        self.put(field, |form| text_fits(form, text), text.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, |form| form == Form::Number, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, |form| form == Form::Number, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, |form| form == Form::Number, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, |form| form == Form::Number, value.into());
    }

    fn record_error(&mut self, field: &Field, error: &(dyn std::error::Error + 'static)) {
        self.put(field, |form| form == Form::Error, error.to_string().into());
    }

    /// Displayed values (`%x`) come this way too, and pass if their text fits.
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        self.put(field, |form| text_fits(form, &text), text.as_str().into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("not poisoned").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn logged(work: impl FnOnce()) -> String {
        let out = Shared::default();
        let levels = Levels::new("info").expect("a filter");
        tracing::subscriber::with_default(JsonLines::new(levels, out.clone()), work);
        String::from_utf8(out.0.lock().expect("not poisoned").clone()).expect("UTF-8")
    }

    #[test]
    fn known_fields_are_written() {
        let line = logged(|| tracing::info!(event = "slot_won", tenant = %"north", partition = 3));
        let line: Value = serde_json::from_str(&line).expect("one line of JSON");
        assert_eq!(line["event"], "slot_won");
        assert_eq!(line["tenant"], "north");
        assert_eq!(line["partition"], 3);
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["left_out"], Value::Null);
    }

    #[test]
    fn content_never_gets_in() {
        let name = "Ada Byron";
        let lines = logged(|| {
            tracing::debug!(event = "below_the_filter");
            tracing::info!("{name} called");
            tracing::info!(name, event = "call");
            tracing::info!(event = name, reason = %name, topic = name, error = name);
            tracing::info!(partition = name, records = ?name);
            tracing::info!(turn.text = name);
        });
        assert!(!lines.contains("Ada"), "{lines}");
        let left_out: Vec<u64> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["left_out"].as_u64())
            .map(|n| n.expect("counted"))
            .collect();
        assert_eq!(left_out, [1, 1, 4, 2, 1]);
    }

    #[test]
    fn errors_are_written_by_type_only() {
        let error = LogError::Twice;
        let line = logged(|| {
            tracing::error!(error = &error as &dyn std::error::Error, event = "start");
        });
        assert!(line.contains("set up already"), "{line}");
    }

    #[test]
    fn levels_change_while_logs_are_written() {
        let out = Shared::default();
        let levels = Levels::new("info").expect("a filter");
        let lines = JsonLines::new(levels.clone(), out.clone());
        let place = || tracing::debug!(event = "detail");
        let heard = || out.0.lock().expect("not poisoned").len();
        tracing::subscriber::with_default(lines, || {
            place();
            assert_eq!(heard(), 0);
            assert_eq!(levels.change("debug"), Ok(true));
            assert_eq!(levels.change("debug"), Ok(false));
            place();
            let once = heard();
            assert!(once > 0);
            assert_eq!(levels.change("leeward=loudest"), Err(LogError::Filter));
            assert_eq!(levels.change("info"), Ok(true));
            place();
            assert_eq!(heard(), once);
        });
    }

    #[test]
    fn filters_are_checked() {
        assert!(is_filter("info,leeward::release=debug"));
        assert!(!is_filter("info,leeward=loudest"));
    }
}
