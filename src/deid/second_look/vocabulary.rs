//! The second look's word lists: built for it alone from public lists, with
//! thresholds of its own (`NOTICE` says which). A word that is in none of the
//! lists of English is *unknown*, which means something only in a place where
//! a name may stand.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::super::language::{self, table::WordTable};
use super::lists;
use super::things;
use super::words::{self, Info, class};

/// English and clinical words beyond those of the language gate.
const ORDINARY: &str = include_str!("data/ordinary.txt");

/// Given names and surnames that are no English words.
const NAMES: &str = include_str!("data/names.txt");

/// Large towns that are no English words.
const TOWNS: &str = include_str!("data/towns.txt");

static VOCABULARY: LazyLock<WordTable> =
    LazyLock::new(|| WordTable::new(ORDINARY.lines().map(|word| (word, 1)), |_, new| new));

/// Everyday words and short forms that dictionaries do not have.
const EVERYDAY: &str = "hai hii hiii mmm mmhmm ohh ooh aah ahh ugh omg oof oops wow okk oky okey noo gud mrg \
    gm congrats gotcha byee byebye anyways dang thai coder gon na wan ta arent wasnt werent isnt \
    havent hasnt hadnt cant couldnt wouldnt shouldnt wont gummies broadway udi gps ids pics pls \
    plz thx thanx thnx hmu idk imo btw tbh kinda sorta dunno yup yea yess nah nay huh hows ems \
    tylenol advil motrin aleve miralax zyrtec claritin benadryl seroxat prozac zoloft lexapro \
    celexa effexor xanax ativan klonopin valium ambien percocet vicodin norco oxycontin lipitor \
    crestor zocor plavix eliquis xarelto coumadin lasix synthroid humira enbrel ozempic wegovy \
    trulicity lantus humalog novolog januvia farxiga jardiance nexium prilosec pepcid zantac \
    singulair flonase albuterol ventolin advair symbicort spiriva botox viagra cialis tums mucinex \
    sudafed robitussin nyquil dayquil excedrin bengay neosporin zofran imodium dulcolax metamucil \
    tamiflu paxlovid augmentin keflex bactrim cipro thyroxine levothyroxine paracetamol calpol asap rsvp wifi online iphone app apps email emails meds thats dont doesnt \
    youre im ive ill followup telehealth thankyou hmmm haha alrighty ortho endo derm rheum gyne gyn uro pulm heme onc neph neuro cardio psych peds obgyn afterall aswell everytime nevermind vicks vick wanna gotta appt \
    info ph tel mob nbr qty gravida para ok okay yep nope ma uh mhm gonna lol lets hows whats heres theres wheres bloodwork tech \
    admin uber lyft skype zoom google facebook instagram whatsapp paypal venmo netflix youtube \
    hilton hyatt marriott sheraton toyota honda audi tesla ford bmw volvo nissan hyundai jeep \
    samsung verizon comcast amazon ebay walmart walgreens costco kroger starbucks mcdonald \
    mcdonalds wendy burger visa mastercard amex kaiser aetna cigna humana medicare medicaid \
    viber wechat telegram messenger snapchat tiktok linkedin reddit twitter zelle venmo cashapp doordash grubhub instacart expedia airbnb fedex \
    hoover nan nans gracias merci hola adios ciao danke senor senora shukran namaste \
    door map angle bent favor fur pale petite rug tuna hen encore yay yikes phew \
    pfizer moderna novavax astrazeneca taxol keytruda opdivo herceptin folfox folfiri abvd carbo sulfa \
    grandbaby grandkid grandkids abuela abuelo tio comadre bestie \
    passcode barcode voiceprint biometric geocode imei iban voicemail screenshot username login \
    celsius fahrenheit micrograms milligrams hawaii alaska alabama arizona arkansas california \
    colorado connecticut delaware florida georgia idaho illinois indiana iowa kansas kentucky \
    louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana \
    nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon \
    pennsylvania rhode tennessee texas utah vermont virginia wisconsin wyoming america american \
    usa canada canadian england english britain british scotland ireland irish wales welsh france \
    french germany german spain spanish italy italian india indian china chinese japan japanese \
    korea korean vietnam mexican african asian european europe asia africa australia christmas \
    tanzania kenya nigeria ghana ethiopia egypt morocco somalia uganda congo brazil argentina chile \
    colombia peru venezuela ecuador bolivia cuba haiti jamaica guatemala honduras nicaragua panama \
    salvador philippines thailand cambodia laos malaysia indonesia singapore pakistan bangladesh \
    nepal iran iraq israel syria lebanon jordan turkey russia ukraine poland romania hungary austria \
    switzerland belgium netherlands holland denmark sweden norway finland iceland portugal greece \
    croatia serbia bulgaria armenia afghanistan taiwan angola zambia zimbabwe mozambique namibia \
    botswana malawi rwanda burundi senegal mali niger chad sudan libya tunisia algeria yemen oman \
    qatar kuwait bahrain emirates kazakhstan uzbekistan azerbaijan albania kosovo bosnia slovenia \
    slovakia lithuania latvia estonia belarus moldova cyprus malta luxembourg paraguay uruguay \
    guyana suriname belize bahamas barbados trinidad tobago grenada mongolia myanmar burma bhutan \
    maldives fiji samoa tonga madagascar mauritius gambia guinea liberia togo benin cameroon gabon \
    eritrea djibouti puerto rico czech scottish swedish norwegian danish dutch swiss turkish \
    russian polish greek irish portuguese brazilian filipino nigerian kenyan \
    easter thanksgiving halloween january february april june july august september october \
    november december monday tuesday wednesday thursday friday saturday sunday";

/// Drugs whose names end as no others do.
const DRUGS: &str = "sertraline naproxen salbutamol apixaban edoxaban rivaroxaban dabigatran ticagrelor \
    clopidogrel warfarin digoxin furosemide bumetanide torsemide amiodarone carvedilol ranolazine \
    hydralazine isosorbide nitroglycerin spironolactone ceftriaxone cefazolin cephalexin cefuroxime \
    cefdinir nitrofurantoin gentamicin vancomycin meropenem linezolid rifampin dapsone tamsulosin \
    finasteride oxybutynin mirabegron topiramate lamotrigine levetiracetam phenytoin valproate \
    carbamazepine lacosamide donepezil memantine carbidopa levodopa ropinirole baclofen tizanidine \
    cyclobenzaprine methocarbamol tramadol morphine oxycodone hydrocodone fentanyl buprenorphine \
    naloxone naltrexone roxanol mefloquine quinine oxaliplatin cisplatin carboplatin paclitaxel \
    tamoxifen anastrozole letrozole methotrexate hydroxychloroquine sulfasalazine azathioprine \
    mycophenolate tacrolimus cyclosporine insulin glargine lispro aspart semaglutide liraglutide \
    tirzepatide dulaglutide empagliflozin dapagliflozin glipizide glyburide sevelamer allopurinol \
    febuxostat colchicine alendronate denosumab bupropion venlafaxine duloxetine trazodone \
    mirtazapine buspirone lithium aripiprazole olanzapine quetiapine risperidone haloperidol \
    clozapine methylphenidate atomoxetine guaifenesin dextromethorphan pseudoephedrine loratadine \
    cetirizine fexofenadine montelukast fluticasone budesonide tiotropium ipratropium succinate \
    tartrate ferritin transferrin creatinine troponin albumin bilirubin nitrites lactulose senna \
    docusate loperamide bisacodyl misoprostol progesterone estradiol testosterone levonorgestrel";

/// Words of British English, and of those who chat.
const SPELT: &str = "colour colours tyre tyres programme programmes instalment instalments catalogue hiya \
    lakh lakhs quid flyer flyers ipad icloud gmail outlook hotspot autopay autoplay tysm lmao aight \
    tmrw popsicle donut donuts auth preauth eircode underbody screener screeners centre metre litre \
    cheque cheques jewellery grey kerb pyjamas mum mums mummy nappy nappies paediatric haemoglobin \
    anaemia oesophagus oedema diarrhoea haematology orthopaedic gynaecology labour neighbour \
    favourite behaviour honour licence practise enrol enrolment fulfil skilful travelled cancelled \
    labelled modelling organise recognise apologise realise analyse hospitalist vasovagal \
    fibre fibres theatre theatres lustre sabre calibre spectre manoeuvre manoeuvres mould mouldy \
    tumour tumours humour rumour vapour odour flavour harbour parlour endeavour savour plough \
    storey sulphur aluminium courgette aubergine offline chromebook airpods touchscreen touchpad bluetooth ethernet hashtag emoji emojis chatbot \
    autocorrect dropdown popup webcam podcast carpark roadworks rota rotas \
    concentrator commode dada mama papa tagalog punjabi urdu hindi bengali gujarati tamil telugu \
    mandarin cantonese farsi pashto creole swahili hmong amharic yoruba igbo arabic hebrew";

/// What diseases, signs and devices are named after: no patient's name.
const EPONYMS: &str = "foley holter crohn crohns hodgkin hodgkins parkinson parkinsons alzheimer \
    alzheimers barrett barretts paget raynaud raynauds cushing tourette meniere huntington \
    hashimoto hashimotos graves sjogren sjogrens asperger guillain barre ehlers danlos babinski \
    chiari gehrig kawasaki marfan turner klinefelter addison wilson bell baker colles murphy \
    lachman mcmurray tinel phalen spurling hawkins neer kegel heimlich glasgow apgar epley \
    hallpike romberg doppler valsalva tanner mohs pap baker mallory weiss lou wernicke korsakoff \
    braxton dupuytren peyronie bartholin heberden bouchard charcot lisfranc achilles kaposi ewing wilms \
    burkitt gleason braden mallampati whipple zollinger ellison virchow osler koplik janeway roth mobitz wolff parkinsonian \
    lyme mac max";

/// The names that any mention of is worth a look.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    NAMES.lines().filter(|word| !THINGS.contains(word))
}

/// The towns that any mention of is worth a look.
pub(super) fn towns() -> impl Iterator<Item = &'static str> + Clone {
    TOWNS.lines().filter(|word| !THINGS.contains(word))
}

/// Things, short forms and eponyms that dictionaries do not have.
pub(super) fn things() -> impl Iterator<Item = &'static str> + Clone {
    let lists = [EVERYDAY, EPONYMS, DRUGS, SPELT].into_iter();
    lists.flat_map(str::split_whitespace).chain(things::words())
}

/// Short forms and brands, which people misspell as they do other words.
pub(super) fn everyday() -> impl Iterator<Item = &'static str> {
    EVERYDAY.split_whitespace()
}

static SURNAMES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| lists::SURNAMES.split_whitespace().collect());

/// Whether the word `word` is a surname too.
pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.contains(word)
}

static THINGS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| things().collect());

/// What a word is by which it is known.
const KNOWN: u32 = class::ORDINARY
    | class::UNIT
    | class::ACRONYM
    | class::NUMBER
    | class::THING
    | class::CUE
    | class::SECRET
    | class::EVENT
    | class::WHEN;

/// Whether `word`, in lower case, is in no list of English words and does not
/// end as the words of medicine do.
#[cfg(test)]
pub(super) fn is_unknown(word: &str) -> bool {
    is_unknown_of(word, Info::of(word))
}

/// Whether `word`, in lower case, of which `info` is known, is in no list of
/// English words and does not end as the words of medicine do.
pub(super) fn is_unknown_of(word: &str, info: Info) -> bool {
    !words::ends_ordinarily(word) && is_unlisted_of(word, info)
}

/// [`is_unknown_of`], whether `word` ends as English words do or not: where
/// hardly anything but a name stands, an ending says nothing.
pub(super) fn is_unlisted_of(word: &str, info: Info) -> bool {
    !info.is(KNOWN)
        && word.chars().nth(1).is_some()
        && !word.contains(['\'', '\u{2019}'])
        && !language::is_english(word)
        && VOCABULARY.get(word.as_bytes()) == 0
        && !is_drug_like(word)
}

/// Whether `word` ends as names of drugs and of conditions do.
pub(super) fn is_drug_like(word: &str) -> bool {
    const ENDINGS: [&str; 85] = [
        "zosin",
        "micin",
        "picin",
        "xaban",
        "parib",
        "ciclib",
        "limus",
        "nacin",
        "stigmine",
        "phylline",
        "barbital",
        "caftor",
        "pril",
        "statin",
        "olol",
        "azole",
        "formin",
        "pine",
        "pam",
        "cillin",
        "mycin",
        "sartan",
        "pentin",
        "zine",
        "done",
        "etine",
        "parin",
        "tinib",
        "mab",
        "ide",
        "prim",
        "oxacin",
        "profen",
        "terol",
        "sone",
        "lone",
        "itis",
        "osis",
        "emia",
        "opathy",
        "ology",
        "ologist",
        "ectomy",
        "oma",
        "algia",
        "pnea",
        "uria",
        "plegia",
        "graphy",
        "gliptin",
        "gliflozin",
        "triptan",
        "buvir",
        "citinib",
        "prazole",
        "setron",
        "caine",
        "zepam",
        "zolam",
        "dronate",
        "cycline",
        "lukast",
        "rrhea",
        "otomy",
        "idism",
        "static",
        "scopy",
        "cardia",
        "edema",
        "plasty",
        "trophy",
        "genic",
        "tender",
        "ectasia",
        "iency",
        "phagia",
        "phasia",
        "ptysis",
        "stasis",
        "megaly",
        "penia",
        "philia",
        "pathic",
        "ostomy",
        "plegic",
    ];
    word.len() >= 7 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_no_list_are_unknown() {
        for word in ["kowalski", "oyelaran", "marlwick", "qx"] {
            assert!(is_unknown(word), "{word}");
        }
        for word in [
            "table",
            "edema",
            "lisinopril",
            "texas",
            "rsvp",
            "crohn",
            "can't",
            "x",
            "mg",
        ] {
            assert!(!is_unknown(word), "{word}");
        }
    }

    #[test]
    fn things_named_after_people_are_no_names() {
        assert!(names().any(|name| name == "jennifer"));
        assert!(!names().any(|name| matches!(name, "foley" | "virginia" | "hilton")));
        assert!(towns().any(|town| town == "tucson"));
    }
}
