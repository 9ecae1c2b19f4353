//! Invented calls in other languages, mixed ones, and English that must pass.

use std::collections::BTreeMap;

use super::*;
use crate::domain::{Channel, ConversationRef, Phi, RawTurn, TenantId};

pub(super) fn conversation(texts: &[&str]) -> RawConversation {
    let roles = [Role::Agent, Role::User].into_iter().cycle();
    let turn = |(text, role): (&&str, Role)| RawTurn {
        role,
        text: Phi::new((*text).to_owned()),
        ..RawTurn::default()
    };
    RawConversation {
        tenant: TenantId::parse("clinic").expect("a valid name"),
        conversation: ConversationRef::new("c-1"),
        channel: Channel::Voice,
        language: None,
        year: None,
        turns: texts.iter().zip(roles).map(turn).collect(),
        known: Vec::new(),
        attributes: BTreeMap::new(),
        provenance: Default::default(),
        incomplete: false,
    }
}

/// Each text must be caught alone, in lower case without marks, and inside an
/// English call.
#[track_caller]
fn check_caught(texts: &[&str]) {
    let forms = texts.iter().flat_map(|text| {
        let bare = text.to_lowercase().replace([',', '.', '?', '!'], "");
        [(*text).to_owned(), bare]
    });
    let missed: Vec<String> = forms.filter(|form| !is_caught(form)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

fn is_caught(text: &str) -> bool {
    let mixed = [
        "Hello, how can I help you today?",
        text,
        "I am sorry, could you say that again in English please?",
        "yes sure, I would like to make an appointment for next week",
    ];
    judge(&conversation(&[text])) == Verdict::Unsupported
        && unsupported_turn(&conversation(&mixed)) == Some(1)
}

#[track_caller]
fn check_english(texts: &[&str]) {
    for text in texts {
        assert_eq!(judge(&conversation(&[text])), Verdict::English, "{text}");
    }
}

#[test]
fn sentences_of_other_languages_are_caught() {
    check_caught(&[
        "Hola, buenos días, me llamo Esperanza y tengo una cita mañana.",
        "Me duele mucho la cabeza desde ayer por la noche.",
        "hola me llamo Esperanza y me duele la cabeza",
        "No, no puedo, no me siento bien, me duele todo.",
        "Quiero cambiar mi cita para el martes por la tarde.",
        "Necesito hablar con alguien que hable español por favor.",
        "Je m'appelle Amandine et j'ai de la fièvre depuis hier soir.",
        "Können Sie mir bitte einen Termin für nächste Woche geben?",
        "Eu não estou me sentindo bem hoje, estou com febre.",
        "Non mi sento bene, ho la febbre da tre giorni.",
        "Wala po akong insurance, pero kailangan ko po ng gamot.",
        "Mwen pa pale angle, èske gen yon moun ki pale kreyòl?",
        "Dzień dobry, chciałabym umówić się na wizytę do lekarza.",
        "Tôi muốn đặt lịch hẹn với bác sĩ vào tuần sau.",
        "No entiendo, yo no hablo inglés muy bien.",
        "Mi número de teléfono es cinco cinco cinco, uno dos tres cuatro, gracias señora.",
        "Bonjour, je voudrais prendre un rendez-vous avec le médecin.",
        "J'ai très mal au ventre depuis trois jours et je ne dors pas.",
        "Guten Tag, ich habe seit gestern starke Schmerzen im Rücken.",
        "Ich bin am dritten März geboren und meine Nummer ist nicht mehr gültig.",
        "Bom dia, eu preciso marcar uma consulta para a minha filha, obrigada.",
        "Estou com muita dor de cabeça, não consigo dormir desde ontem.",
        "Buongiorno, mi chiamo Fabrizia e ho bisogno di una visita per mio figlio.",
        "Masakit po ang ulo ko mula kahapon at hindi ako makatulog.",
        "Gusto ko po sanang magpa-appointment para sa nanay ko bukas.",
        "Tôi bị đau bụng từ hôm qua và không ăn được gì.",
        "toi bi dau bung tu hom qua va khong an duoc gi",
        "Mwen gen yon doulè nan tèt mwen depi ayè, mwen pa ka dòmi.",
        "Boli mnie głowa od wczoraj i nie mogę spać, proszę o pomoc.",
        "Ik heb al drie dagen pijn in mijn buik en ik kan niet slapen.",
        "Mă doare capul foarte tare și nu pot să dorm de ieri.",
        "Saya sakit kepala sejak kemarin dan tidak bisa tidur.",
        "Nina maumivu ya kichwa tangu jana na siwezi kulala kwa sababu hiyo.",
        "Başım çok ağrıyor ve dünden beri uyuyamıyorum doktor bey.",
        "Waxaan qabaa xanuun madaxa ah oo ma seexan karo waayo waa daran yahay.",
    ]);
}

#[test]
fn other_scripts_are_caught() {
    check_caught(&[
        "У меня болит голова со вчерашнего дня.",
        "عندي صداع منذ أمس",
        "我从昨天开始头疼。",
        "머리가 아파요",
        "頭が痛いです",
        "मुझे कल से सिरदर्द है",
        "Πονάει το κεφάλι μου από χθες",
        "כואב לי הראש",
        "my name is \u{410}nna and I live here",
        "\u{1d5d7}\u{1d5ee}\u{1d601}\u{1d5f2} of birth",
    ]);
}

#[test]
fn a_language_spread_over_short_turns_is_caught() {
    let call = [
        "who is calling",
        "hola",
        "ok and what for",
        "necesito una",
        "hm",
        "cita por favor",
    ];
    assert_eq!(judge(&conversation(&call)), Verdict::Unsupported);
}

#[test]
fn a_language_without_a_table_is_caught_by_its_length() {
    let hmong = "kuv mob taub hau thiab kuv tsis tau pw tsaug zog hmo nag kuv xav tau tshuaj \
                 thiab kuv xav ntsib kws kho mob tag kis sawv ntxov yog tias ua tau ua tsaug";
    assert_eq!(judge(&conversation(&[hmong])), Verdict::Unsupported);
}

#[test]
fn english_passes() {
    check_english(&[
        "",
        "um",
        "5551234",
        "five five five one two three four",
        "uh huh mm hmm no no no",
        "My name is José Núñez de la Cruz, that's d e l a c r u z.",
        "Thi Hoa Nguyen, Anh Tran, Maria del Carmen de los Santos",
        "lisinopril, metformin, atorvastatin, amlodipine, omeprazole, losartan, gabapentin",
        "gracias, bye bye. adios amigo",
        "so, uh, I, I, I was, um, die was cast, a pain in the, the, you know",
        "she had café au lait spots, déjà vu, and a jalapeño allergy with fiancé",
        "take 5 μg of the β-blocker, α is 0.05, naïve T cells",
        "Dr. van der Berg and Frau Müller at La Clinica del Sol",
        "okay so the san francisco team los angeles las vegas el paso del rio",
        "😀👍 ok",
        "cest la vie",
    ]);
}

#[test]
fn a_declared_language_is_believed() {
    let declared = |tag: &str| {
        let mut call = conversation(&["ok"]);
        call.language = Some(Phi::new(tag.to_owned()));
        judge(&call)
    };
    for tag in ["es", "es-MX", "FR_ca", "zho"] {
        assert_eq!(declared(tag), Verdict::Unsupported, "{tag}");
    }
    for tag in ["en", "en-US", "EN_gb", "und", "multi", "", "english"] {
        assert_eq!(declared(tag), Verdict::English, "{tag}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_judged_without_panic(text in "\\PC*") {
        let call = conversation(&[&text]);
        proptest::prop_assert_eq!(judge(&call), judge(&call));
    }
}
