//! From clean conversations through landing files to a part of a release.

use std::sync::Arc;
use std::time::Instant;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{Float32Type, Int32Type, Int64Type};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use proptest::prelude::*;

use super::*;
use crate::config::Secret;
use crate::config::resolved::Keys;
use crate::deid::tests::ENGINE;
use crate::deid::{CleanConversation, CleanFinding, Policy, deidentify};
use crate::domain::{
    Category, Channel, ConversationRef, Entropy, Phi, RawConversation, RawTurn, ResearchId, Role,
    TenantId, TurnKind,
};
use crate::seal::{Purpose, SealError, SealedBlob, Sealer};

fn sealer(tenant: &str) -> Arc<Sealer> {
    let keys = Keys {
        sealing: Secret::new([7; 32]),
        ledger: Secret::new([8; 32]),
    };
    let tenant = TenantId::parse(tenant).expect("a name");
    Arc::new(Sealer::new(&tenant, &keys))
}

/// A conversation of turns in which there is nothing to find.
fn clean(texts: &[&str], year: Option<i16>, entropy: &mut Entropy) -> CleanConversation {
    let turn = |(i, text): (usize, &&str)| RawTurn {
        role: if i % 2 == 0 { Role::Agent } else { Role::User },
        kind: TurnKind::Speech,
        text: Phi::new((*text).to_owned()),
        start_ms: Some(500 * i as i64),
        ..RawTurn::default()
    };
    let raw = RawConversation {
        tenant: TenantId::parse("north").expect("a name"),
        conversation: ConversationRef::new("c"),
        channel: Channel::Voice,
        language: None,
        year,
        turns: texts.iter().enumerate().map(turn).collect(),
        known: Vec::new(),
        attributes: Default::default(),
        provenance: Default::default(),
        incomplete: false,
    };
    deidentify(&ENGINE, &Policy::safe_harbor(), &raw, entropy).clean
}

const TEXTS: [&str; 3] = ["how is the cough", "é better, thanks", "good"];

/// The conversation that the golden files hold.
fn golden() -> CleanConversation {
    let mut golden = clean(&TEXTS, Some(2026), &mut Entropy::from_u64(1));
    golden.id = ResearchId::parse("a0a1a2a3-b4b5-46b7-88b9-cacbcccdcecf").expect("an id");
    golden.engine = "golden";
    golden.policy = crate::domain::Sha256::of(b"golden");
    golden.duration_s = Some(40);
    golden.incomplete = true;
    golden.counts = [(Category::Person, 2), (Category::OtherId, 1)].into();
    for turn in &mut golden.turns {
        turn.end_ms = None;
        turn.findings = None;
    }
    golden.turns[1].confidence = Some(0.5);
    golden.turns[0].findings = Some(Vec::new());
    golden.turns[1].findings = Some(vec![CleanFinding {
        category: Category::Person,
        start: 3,
        end: 9,
    }]);
    golden
}

fn seal(sealer: &Sealer, bytes: &[u8], seed: u64) -> SealedBlob {
    sealer.seal(Purpose::Landing, 1, bytes, &mut Entropy::from_u64(seed))
}

fn add(rows: &mut LandedRows, conversations: &[u8], turns: &[u8]) -> Result<(), ReadError> {
    let sealer = sealer("north");
    let (c, t) = (seal(&sealer, conversations, 1), seal(&sealer, turns, 2));
    rows.add((c.name(), c.bytes()), (t.name(), t.bytes()))
}

/// Lands each flush and reads them all.
fn landed(flushes: &[Vec<CleanConversation>]) -> LandedRows {
    let mut rows = LandedRows::new(sealer("north"));
    for flush in flushes {
        let files = CleanRows::of(flush).to_parquet();
        add(&mut rows, &files.conversations, &files.turns).expect("what was landed is read");
    }
    rows
}

/// All rows of a Parquet file.
fn rows_of(bytes: &[u8]) -> RecordBatch {
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(Bytes::copy_from_slice(bytes)).expect("Parquet");
    let schema = Arc::clone(builder.schema());
    let batches: Result<Vec<_>, _> = builder.build().expect("a reader").collect();
    concat_batches(&schema, &batches.expect("rows")).expect("one schema")
}

fn texts<'a>(rows: &'a RecordBatch, column: &str) -> Vec<&'a str> {
    let column = rows[column].as_string::<i32>();
    column.iter().map(|v| v.expect("not null")).collect()
}

fn golden_part() -> ReleasePart {
    landed(&[vec![golden()]]).part(&[0]).expect("one year")
}

#[test]
fn a_conversation_is_published_as_it_was_cleaned() {
    let part = golden_part();
    assert_eq!(part.year, Some(2026));
    assert_eq!((part.files.conversation_rows, part.files.turn_rows), (1, 3));
    let row = rows_of(&part.files.conversations);
    let id = golden().id.to_string();
    assert_eq!(texts(&row, "conversation_id"), [&id]);
    assert_eq!(texts(&row, "channel"), ["voice"]);
    assert_eq!(row["turns"].as_primitive::<Int32Type>().value(0), 3);
    assert_eq!(row["duration_s"].as_primitive::<Int64Type>().value(0), 40);
    assert!(row["incomplete"].as_boolean().value(0));
    let counts = row["counts"].as_struct();
    let count = |c: Category| counts[c.name()].as_primitive::<Int32Type>().value(0);
    assert_eq!(Category::ALL.map(count).iter().sum::<i32>(), 3);
    assert_eq!(count(Category::Person), 2);
    assert!(row["attributes"].as_struct()["zip"].is_null(0));
    assert!(row.column_by_name("year").is_none(), "the folder names it");
}

#[test]
fn turns_are_published_in_order_with_findings_in_characters() {
    let part = golden_part();
    let rows = rows_of(&part.files.turns);
    assert_eq!(texts(&rows, "text"), TEXTS);
    assert_eq!(texts(&rows, "role"), ["agent", "user", "agent"]);
    assert_eq!(
        rows["turn"].as_primitive::<Int32Type>().values(),
        &[0, 1, 2]
    );
    let start = rows["start_ms"].as_primitive::<Int64Type>();
    assert_eq!(start.values(), &[0, 500, 1000]);
    let confidence = rows["confidence"].as_primitive::<Float32Type>();
    assert_eq!((confidence.null_count(), confidence.value(1)), (2, 0.5));
    let findings = rows["findings"].as_list::<i32>();
    assert!(findings.value(0).is_empty() && !findings.is_null(0));
    assert!(findings.is_null(2), "surrogates have no list");
    let one = findings.value(1);
    let one = one.as_struct();
    assert_eq!(one["category"].as_string::<i32>().value(0), "person");
    let at = |name: &str| one[name].as_primitive::<Int32Type>().value(0) as usize;
    let found: String = TEXTS[1].chars().take(at("end")).skip(at("start")).collect();
    assert_eq!(found, "better");
}

#[test]
fn equal_rows_give_equal_bytes() {
    assert_eq!(golden_part(), golden_part());
    let landing = || CleanRows::of(&[golden()]).to_parquet();
    assert_eq!(landing(), landing());
}

fn footer(bytes: &[u8]) -> ParquetMetaData {
    ParquetMetaDataReader::new()
        .with_page_index_policy(PageIndexPolicy::Optional)
        .parse_and_finish(&Bytes::copy_from_slice(bytes))
        .expect("Parquet")
}

/// Columns of small numbers, of which a bound says nothing.
const BOUNDED: [&str; 5] = ["turns", "duration_s", "turn", "start_ms", "end_ms"];

#[test]
fn a_footer_tells_the_format_and_no_value() {
    let part = golden_part();
    let landing = CleanRows::of(&[golden()]).to_parquet();
    for (bytes, label) in [
        (&part.files.conversations, "research.conversations.v1"),
        (&part.files.turns, "research.turns.v1"),
        (&landing.conversations, "landing.conversations.v1"),
        (&landing.turns, "landing.turns.v1"),
    ] {
        let footer = footer(bytes);
        let file = footer.file_metadata();
        assert_eq!(file.created_by(), Some("leeward"));
        let pairs = file.key_value_metadata().expect("a format");
        let pairs: Vec<_> = pairs
            .iter()
            .map(|kv| (&*kv.key, kv.value.as_deref()))
            .collect();
        assert_eq!(pairs, [("leeward.format", Some(label))]);
        assert!(footer.page_index().is_none());
        for column in footer.row_groups().iter().flat_map(|g| g.columns()) {
            let path = column.column_path().string();
            let bounded = BOUNDED.contains(&path.as_str());
            assert_eq!(column.statistics().is_some(), bounded, "{path}");
            assert!(column.bloom_filter_offset().is_none(), "{path}");
        }
    }
}

#[test]
fn a_footer_of_another_writer_would_tell() {
    let loud = unlabelled(&CleanRows::of(&[golden()]).to_parquet().turns);
    let footer = footer(&loud);
    assert!(footer.page_index().is_some());
    let mut columns = footer.row_group(0).columns().iter();
    assert!(columns.all(|c| c.statistics().is_some()));
}

#[test]
fn text_has_no_dictionary() {
    let part = golden_part();
    let footer = footer(&part.files.turns);
    let dictionary = |name: &str| {
        let mut columns = footer.row_group(0).columns().iter();
        let column = columns.find(|c| c.column_path().string() == name);
        column.expect("a column").dictionary_page_offset().is_some()
    };
    assert!(!dictionary("text"));
    assert!(dictionary("role") && dictionary("findings.list.element.category"));
}

#[test]
fn years_part_and_do_not_mix() {
    let mut entropy = Entropy::from_u64(2);
    let list = [Some(2025), None, Some(2025)].map(|y| clean(&["yes"], y, &mut entropy));
    let rows = landed(&[list.to_vec()]);
    let years = rows.years();
    assert_eq!(years[&Some(2025)], [0, 2]);
    assert_eq!(years[&None], [1]);
    assert!(rows.part(&[0, 2]).is_some());
    assert!(rows.part(&[0, 1]).is_none());
    assert!(rows.part(&[]).is_none());
    let unnamed = rows.part_without_year(&[0, 1]).expect("any years");
    assert_eq!((unnamed.year, unnamed.files.conversation_rows), (None, 2));
    assert!(rows.part_without_year(&[]).is_none());
}

#[test]
fn a_conversation_without_turns_is_kept() {
    let mut entropy = Entropy::from_u64(2);
    let list = [&["a"][..], &[], &["b", "c"], &[]].map(|t| clean(t, None, &mut entropy));
    let rows = landed(&[list.to_vec(), vec![list[1].clone()]]);
    assert!(rows.conversations().map(|c| c.turns).eq([1, 0, 2, 0, 0]));
    let part = rows.part(&[4, 2, 1, 3, 0]).expect("one year");
    assert_eq!(texts(&rows_of(&part.files.turns), "text"), ["b", "c", "a"]);
    let empty = rows.part(&[1]).expect("one year");
    assert_eq!(rows_of(&empty.files.turns).num_rows(), 0);
}

#[test]
fn files_that_do_not_belong_are_refused_and_nothing_is_added() {
    let mut entropy = Entropy::from_u64(3);
    let one = CleanRows::of(&[clean(&["a"], None, &mut entropy)]).to_parquet();
    let two = CleanRows::of(&[clean(&["a"], None, &mut entropy)]).to_parquet();
    let none = CleanRows::of(&[]).to_parquet();
    let mut rows = LandedRows::new(sealer("north"));
    let mut check = |conversations: &[u8], turns: &[u8], expected| {
        assert_eq!(add(&mut rows, conversations, turns), Err(expected));
        assert!(rows.is_empty());
    };
    check(&one.conversations, &two.turns, ReadError::Disagree);
    check(&one.conversations, &none.turns, ReadError::Disagree);
    check(&none.conversations, &two.turns, ReadError::Disagree);
    check(&one.turns, &one.conversations, ReadError::Version);
    check(b"PAR1 no PAR1", &one.turns, ReadError::Form);
    let part = golden_part().files;
    check(&part.conversations, &part.turns, ReadError::Version);
    check(&unlabelled(&one.conversations), &one.turns, ReadError::Form);
}

/// The same rows as another program might write them.
fn unlabelled(bytes: &[u8]) -> Vec<u8> {
    let rows = rows_of(bytes);
    let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), None).expect("a writer");
    writer.write(&rows).expect("memory");
    writer.into_inner().expect("memory")
}

#[test]
fn only_landing_files_of_the_same_tenant_are_read() {
    let files = CleanRows::of(&[golden()]).to_parquet();
    let check = |sealer: Arc<Sealer>, purpose| {
        let mut entropy = Entropy::from_u64(1);
        let mut seal = |bytes: &[u8]| sealer.seal(purpose, 1, bytes, &mut entropy);
        let (c, t) = (seal(&files.conversations), seal(&files.turns));
        let mut rows = LandedRows::new(self::sealer("north"));
        rows.add((c.name(), c.bytes()), (t.name(), t.bytes()))
    };
    let refused = Err(ReadError::Sealed(SealError::NotAuthentic));
    assert_eq!(check(sealer("north"), Purpose::Landing), Ok(()));
    assert_eq!(check(sealer("south"), Purpose::Landing), refused);
    assert_eq!(check(sealer("north"), Purpose::Stage), refused);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// However conversations were flushed and are shuffled, each is there once
    /// with its turns together and in order.
    #[test]
    fn a_shuffle_keeps_conversations_whole(sizes in prop::collection::vec(0..6usize, 1..20), cut in 0..20usize, seed: u64) {
        let mut entropy = Entropy::from_u64(seed);
        let words: Vec<String> = (1..7).map(|i| "fine ".repeat(i)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut list: Vec<_> = sizes.iter().map(|n| clean(&words[..*n], Some(2026), &mut entropy)).collect();
        let ids: Vec<String> = list.iter().map(|c| c.id.to_string()).collect();
        let rest = list.split_off(cut.min(list.len()));
        let rows = landed(&[list, rest]);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        entropy.shuffle(&mut order);
        let part = rows.part(&order).expect("one year");
        let published = rows_of(&part.files.conversations);
        prop_assert_eq!(texts(&published, "conversation_id"), order.iter().map(|i| &ids[*i]).collect::<Vec<_>>());
        let turns = rows_of(&part.files.turns);
        let expected: Vec<_> = order.iter().flat_map(|i| (0..sizes[*i]).map(|t| (ids[*i].as_str(), words[t]))).collect();
        let found: Vec<_> = texts(&turns, "conversation_id").into_iter().zip(texts(&turns, "text")).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn speed_over_many_batches() {
    let text =
        "the tablets help but i still cough at night and it is worse when i lie down ".repeat(2);
    let mut entropy = Entropy::from_u64(4);
    let one = clean(&[text.as_str(); 20], Some(2026), &mut entropy);
    let list: Vec<_> = (0..2_000)
        .map(|_| CleanConversation {
            id: ResearchId::draw(&mut entropy),
            ..one.clone()
        })
        .collect();
    let start = Instant::now();
    let files = CleanRows::of(&list).to_parquet();
    let wrote = start.elapsed();
    let mut rows = LandedRows::new(sealer("north"));
    add(&mut rows, &files.conversations, &files.turns).expect("what was landed is read");
    let read = start.elapsed() - wrote;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    entropy.shuffle(&mut order);
    let part = rows.part(&order).expect("one year");
    let published = start.elapsed() - wrote - read;
    assert_eq!(
        (part.files.conversation_rows, part.files.turn_rows),
        (2_000, 40_000)
    );
    assert_eq!(rows_of(&part.files.turns).num_rows(), 40_000);
    println!(
        "40,000 turns of {} B: written in {wrote:?}, sealed and read in {read:?}, published in {published:?}",
        text.len()
    );
}

macro_rules! golden_file {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/golden/formats/", $name, ".parquet"))
    };
}

#[test]
fn version_1_of_landing_files_reads_for_ever() {
    let mut rows = LandedRows::new(sealer("north"));
    add(
        &mut rows,
        golden_file!("landing-conversations-v1"),
        golden_file!("landing-turns-v1"),
    )
    .expect("version 1 is read");
    assert_eq!(rows.part(&[0]), Some(golden_part()));
}

#[test]
fn version_1_of_the_tables_does_not_change() {
    let part = golden_part();
    let same = |golden: &[u8], now: &[u8]| {
        assert_eq!(rows_of(golden), rows_of(now));
    };
    same(golden_file!("conversations-v1"), &part.files.conversations);
    same(golden_file!("turns-v1"), &part.files.turns);
}
