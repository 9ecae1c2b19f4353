//! Frequent words by language: function words, greetings and what people say
//! of their health. A word that English also uses is in no foreign table,
//! save a few that only ever count beside others.

use std::sync::LazyLock;

use super::table::{PackedWord, WordTable};

/// What a word says about its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English has it and it is frequent there.
    English,
    /// A bit set of the foreign languages that have it, by their place in
    /// [`FOREIGN`].
    Foreign(u32),
    /// English has it, though it is no frequent word.
    Vocabulary,
    /// Both sides have it, or names do: it says nothing.
    Shared,
}

/// How many foreign languages have a table.
pub(super) const COUNT: usize = FOREIGN.len();

/// Frequent English words, besides the number words.
const ENGLISH: &[&str] = &[
    "the a an of to and in is it you that he was for on are with as i his they be at one have this",
    "from or had by not but what all were we when your can said there use each which she do how their",
    "if will up other about out many then them these so some her would make like him into time has look",
    "two more write go see number no way could people my than first been call who its now find long down",
    "day did get come made may part over new take only little work know place year live me back give most",
    "very after things our just name good sentence man think say great where help through much before line",
    "right too means old any same tell boy follow came want show also around form three small set put end",
    "does another well large must big even such because turn here why ask went men read need land home us",
    "okay ok yeah yes hello hi please thank thanks sorry sure great fine um uh mm hmm oh alright hey bye",
    "i'm i've i'll i'd it's that's don't doesn't didn't can't won't isn't you're we're they're he's she's",
    "there's what's let's wasn't haven't couldn't wouldn't am doing going feel feeling felt pain doctor",
    "we'll you'll they'll he'll she'll it'll that'll we've you've they've you'd we'd they'd he'd she'd it'd",
    "here's where's who's how's ain't aren't weren't hasn't hadn't shouldn't n't gonna wanna gotta gon wan",
    "patient blood today tomorrow yesterday morning night week weeks month months years days hours hour",
    "minutes four five six seven eight nine ten twenty thirty forty fifty sixty hundred zero double point",
    "appointment phone address date birth account card email insurance medicine medication since ago left",
    "really still been being having got taking see saw last next every start started keep those off again",
    "little bit kind anything something nothing everything someone maybe actually probably should never",
    "always often sometimes usually both between under while during without within few lot lots both own",
    "change changes normal history noted mild due per daily times twice once mg well exam test tests",
];

/// Foreign languages and their frequent words.
const FOREIGN: &[(&str, &[&str])] = &[
    (
        "es",
        &[
            "claro dirección direccion misma mismo hablar calle vivo casa hijos hijas familia quisiera saber veces",
            "semana mes tarde noche antes después despues pastilla receta seguro pregunta ayuda ayudar puedes vez",
            "uno dos tres cuatro cinco seis siete ocho nueve diez veinte treinta pues verdad estamos tenemos puedes",
            "que el los las una por para con del está esta están estoy pero más como muy también tambien cuando",
            "donde dónde porque porqué qué cómo cuándo sí usted ustedes yo tú ella ellos nosotros mi mis su sus",
            "tengo tiene tienes tener hay soy eres ser estar fue era hace hacer puedo puede quiero quiere necesito",
            "necesita me le les nos se lo ya aquí aqui ahora hoy ayer mañana manana gracias hola buenos buenas días",
            "dias tardes noches señor señora senora favor bueno bien dolor duele cabeza pecho espalda estómago",
            "estomago medicina pastillas desde hasta siempre nunca todo todos nada algo mucho mucha muchos poco",
            "llamo llama nombre fecha nacimiento teléfono telefono número numero años anos cita médico hijo hija",
            "mamá mama esposo esposa entiendo inglés ingles español hablo habla sabe sé dice otra otro otros sin",
            "sobre entre este esto eso esa ese muchas tomar tomando presión presion azúcar sangre fiebre tos",
        ],
    ),
    (
        "fr",
        &[
            "deux trois quatre cinq sept huit neuf dix vingt trente voilà voila monsieur petite fille garçon",
            "le les des une du est et dans que qui pour avec sur pas ne je tu il elle nous vous ils elles mon ma",
            "mes votre vos notre nos ce cette ces c'est j'ai suis êtes etes sont avez avons ont était etait très",
            "tres aussi mais où ou quand comment pourquoi parce depuis hier aujourd'hui demain bonjour bonsoir",
            "merci oui non s'il plaît plait mal tête tete ventre dos douleur médecin docteur rendez-vous prendre",
            "peux peut pouvez voudrais veux besoin fait faire rien tout toute tous beaucoup peu encore toujours",
            "jamais jours jour semaine année ans mois nom m'appelle appelle téléphone numéro né née chez alors",
            "d'accord madame monsieur fièvre toux j'habite n'ai n'est qu'est-ce est-ce l'hôpital matin soir",
        ],
    ),
    (
        "de",
        &[
            "eins zwei drei vier fünf funf sechs sieben acht neun zehn zwanzig gültig schlafen sprechen verstehe",
            "der das und ist ich nicht sie wir ihr mein meine meinen ihre ihren sein haben habe hast hatte wird",
            "werden kann können konnen muss mit für fur auf aus bei nach von zu zum zur ein eine einen einem einer",
            "auch aber oder wenn weil dass wie wo wann warum heute gestern morgen guten tag danke bitte ja nein",
            "schmerzen kopf bauch rücken rucken arzt termin seit immer nie noch schon sehr viel etwas nichts mehr",
            "nehme tabletten geht gut ihnen mir mich dir uns kein keine jahre jahren wochen tage tagen uhr heiße",
            "heisse geboren nummer straße strasse gerade dann denn doch über uber unter vor zwischen sind bin",
        ],
    ),
    (
        "pt",
        &[
            "dois três quatro cinco sete oito nove dez vinte trinta consigo dormir dormindo doendo moça",
            "que não nao uma para com por está estou você voce eu ele ela nós meu minha seu sua dos das do da no na",
            "mas como muito também tambem quando onde porque sim obrigado obrigada bom boa dia tarde noite olá ola",
            "tenho tem ter sou foi era faz fazer posso pode quero preciso precisa aqui agora hoje ontem amanhã",
            "dor cabeça cabeca peito costas remédio remedio médico consulta desde até sempre nunca tudo nada",
            "nome data nascimento telefone anos meses dias semana filho filha mãe senhor senhora isso esse essa",
            "mais menos já ainda febre tosse pressão sangue chamo moro estava estão são",
        ],
    ),
    (
        "it",
        &[
            "uno due tre quattro cinque sette otto nove dieci venti dormire figlio figlia visita",
            "che il lo gli della delle degli di del un una per con non sono sei è ho hai ha abbiamo avete hanno",
            "mio mia suo sua questo questa quello anche ma come quando dove perché perche sì grazie ciao buongiorno",
            "buonasera prego signora signore dottore dolore testa schiena stomaco petto medicina da oggi ieri domani",
            "sempre mai tutto niente molto poco bene male posso può vorrei bisogno fare faccio mi ti si ci vi nel",
            "nella alla dal dalla nome nata nato anni mesi giorni settimana telefono numero chiamo abito più ancora",
        ],
    ),
    (
        "tl",
        &[
            "isa dalawa tatlo apat lima anim pito walo siyam sampu makatulog lagnat ubo hirap",
            "ang ng mga sa ay na po opo ako ikaw siya kami tayo sila ko mo niya namin natin nila ito iyan iyon",
            "hindi oo wala may mayroon meron gusto kailangan ano sino saan kailan bakit paano kasi pero dahil",
            "para kung lang din rin naman pa ba nga yung sakit masakit ulo tiyan likod gamot doktor salamat",
            "magandang umaga hapon gabi kumusta kamusta pangalan araw buwan taon ngayon kahapon bukas noong mula",
            "lagi minsan marami konti dito doon anak asawa nanay tatay umiinom nararamdaman",
        ],
    ),
    (
        "vi",
        &[
            "một hai ba bốn năm sáu bảy tám chín mười ngủ ngu ăn an từ tu",
            "tôi toi là bị bi của cua và va không khong có co được duoc những nhung này nay đó một mot các cac cho",
            "với voi trong đã dang đang sẽ rất rat cũng cung nhưng khi nào nao gì gi sao thế the ở bác sĩ si anh chị",
            "chi em ông bà đau dau đầu bụng bung lưng thuốc thuoc uống uong ngày ngay tuần tuan tháng thang năm nam",
            "cảm ơn cam on xin chào chao vâng vang dạ tên ten sinh hôm hom qua nay mai nhiều nhieu ít bệnh benh viện",
            "vien người nguoi con mẹ bố biết biet muốn muon cần can hẹn hen",
        ],
    ),
    (
        "ht",
        &[
            "pale angle kreyòl kreyol moun gen èske eske ede map tanpri manje dlo sante kòman",
            "youn twa kat senk sis sèt uit nèf dis dòmi domi manje ede",
            "mwen ou li nou yo se ki nan ak pou pa gen te ap pral kap sa sou lè le konsa men paske kijan kouman",
            "poukisa kote kisa tèt tet vant do fè fe mal doulè doule doktè dokte medikaman lopital maladi jodi",
            "ayè demen depi toujou janm anpil tikras bonjou bonswa mèsi mesi tanpri wi non rele mwenmenm pitit",
            "manman papa fanm gason ane mwa semèn jou bezwen vle kapab pran santi m'ap m'te nimewo adrès",
        ],
    ),
    (
        "pl",
        &[
            "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć spać pomoc wczoraj",
            "nie się sie jest że ze na to co jak tak ale czy już juz tylko jestem mam masz ma mnie mi pan pani",
            "panie proszę prosze dziękuję dziekuje dzień dzien dobry dobrze od do po przez przed dla bardzo ból",
            "bol boli głowa glowa głowy brzuch plecy lekarz lekarza tabletki dni lata lat tydzień miesiąc wczoraj",
            "dzisiaj jutro teraz zawsze nigdy kiedy gdzie dlaczego który która mój moja jego jej nazywam imię",
            "urodzenia telefon numer rozumiem mogę moge chcę chce trzeba jeszcze więc wiec",
        ],
    ),
    (
        "nl",
        &[
            "een twee drie vier vijf zes zeven acht negen tien slapen dagen al",
            "het een en van ik niet je dat die met voor op zijn hebben heb heeft ben bent wij jullie hij zij mijn",
            "maar ook als dan nog wel naar bij uit aan door omdat waar wanneer waarom hoe wat vandaag gisteren",
            "morgen goedemorgen dank bedankt alsjeblieft alstublieft nee pijn hoofd buik rug dokter huisarts afspraak",
            "sinds altijd nooit veel weinig iets niets kan kunnen moet moeten wil graag jaar maanden dagen geboren naam",
        ],
    ),
    (
        "ro",
        &[
            "unu doi trei patru cinci șase șapte opt nouă zece tare dorm ieri",
            "și si este sunt nu că ca să sa la cu pe din pentru mai am ai are avem aveți au eu tu el ea noi voi",
            "foarte dar când cand unde cum bună buna ziua mulțumesc multumesc vă va rog da durere doare capul cap",
            "spate burta medic doctor pastile zile ani azi ieri mâine acum mereu nimic tot nevoie pot vreau numele",
        ],
    ),
    (
        "id",
        &[
            "satu dua tiga empat lima enam tujuh delapan sembilan tidur sejak",
            "saya anda kamu dia kami kita mereka yang dan di ke dari ini itu tidak bukan ada adalah dengan untuk",
            "sudah belum akan bisa harus mau karena tapi tetapi juga kalau jika sangat sekali sakit kepala perut",
            "obat dokter hari minggu bulan tahun kemarin besok sekarang terima kasih selamat pagi siang malam nama",
        ],
    ),
    (
        "sw",
        &[
            "moja mbili tatu nne tano sita saba nane tisa kumi kulala tangu sababu siwezi",
            "mimi wewe yeye sisi wao na ya wa kwa ni si katika hii hiyo sana lakini kwamba nina una ana tuna",
            "ninahisi maumivu kichwa tumbo mgongo daktari dawa siku wiki mwezi mwaka leo jana kesho asante habari",
            "ndiyo hapana tafadhali jina langu yangu wangu sijui naomba niko",
        ],
    ),
    (
        "so",
        &[
            "kow laba saddex afar shan lix toddoba sideed sagaal toban qabaa daran yahay waayo seexan",
            "waxaan waa aan ma oo iyo ku ka la in uu ay ayaa waxa wuu way maya haa mahadsanid xanuun madaxa caloosha",
            "dhakhtar dawo maalmood shalay maanta berri magacaygu fadlan sidee maxaa",
        ],
    ),
    (
        "tr",
        &[
            "iki üç dört beş altı yedi sekiz dokuz çok cok benim beri dünden bey hanım",
            "ve bir bu için icin ile ben sen biz siz onlar değil degil var yok çok cok ama gibi daha ne nasıl nasil",
            "nerede neden evet hayır hayir teşekkür tesekkur ederim lütfen lutfen merhaba günaydın ağrı agri ağrıyor",
            "agriyor başım basim karnım doktor ilaç ilac gün bugün dün yarın şimdi adım",
        ],
    ),
];

/// Foreign words that English speech uses too, or that are parts of names.
const SHARED: &[&str] = &[
    "den die der des de del da di du la le van von los las el mi ma man men papa mama war hat am an as at",
    "non per con son sin bin tag kind gut mal dos sol don dr ah oh eh um un en es se te tu si sa na ni",
    "li lo ne ve va ya yo wei kim kan san sang ten tan tot ou ko po pa ba pan pot plus sur pour elle data",
    "do on in no so to all male date doctor doktor chest nest plait plan port chi cap dar pe au ai",
    "ki ke ku ka mai mar ana rosa em co bi mot gi lang din rat bol lat uit over dan hier wat ben pat",
    "mon jour anna sole fare era hon sue dose dice sic vs bitte ole uh er ja je jo bus oma opa var bir",
    "tous ton mu nu te ak ane sou cap tot cum dui mes hay hair toe yes ans us me he a",
    "dove come mare moro tem sou par dis fin vie six net main tout mine est ist mit sein alle",
    "este mine kin tam pas sate ore more mora mia ora nos sun nu ea este sus",
    "nome idea",
    "april august oktober mayo junio",
    "los angeles vegas francisco diego jose paso rio antonio santa cruz fe monica barbara ana palo alto mesa",
];

/// English words of SCOWL's levels 10 to 35; `NOTICE` gives its terms.
const VOCABULARY: &str = include_str!("english.txt");

/// The language of every word in the tables.
static TONGUES: LazyLock<WordTable> = LazyLock::new(|| {
    // Later lists overrule earlier ones, but for two foreign languages.
    let both = |before, new| match (Tongue::of(before), Tongue::of(new)) {
        (Some(Tongue::Foreign(a)), Some(Tongue::Foreign(b))) => Tongue::Foreign(a | b).code(),
        _ => new,
    };
    let list = |lines: &'static [&'static str], tongue: Tongue| {
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        words.map(move |word| (word, tongue.code()))
    };
    let vocabulary = VOCABULARY.lines().map(|w| (w, Tongue::Vocabulary.code()));
    let foreign = FOREIGN.iter().enumerate();
    let foreign = foreign.flat_map(|(i, (_, lines))| list(lines, Tongue::Foreign(1 << i)));
    let entries = vocabulary
        .chain(foreign)
        .chain(list(ENGLISH, Tongue::English))
        .chain(list(SHARED, Tongue::Shared));
    let frequent = ENGLISH.iter().flat_map(|line| line.split_whitespace());
    WordTable::new(entries, both).bring_near(frequent)
});

impl Tongue {
    /// Above the bits of all foreign languages.
    const NO_LANGUAGE: u32 = 1 << 31;

    /// As the table holds it; never 0.
    const fn code(self) -> u32 {
        match self {
            Self::Foreign(bits) => bits,
            Self::English => Self::NO_LANGUAGE,
            Self::Vocabulary => Self::NO_LANGUAGE | 1,
            Self::Shared => Self::NO_LANGUAGE | 2,
        }
    }

    const fn of(code: u32) -> Option<Self> {
        match code {
            0 => None,
            Self::NO_LANGUAGE => Some(Self::English),
            _ if code == Self::NO_LANGUAGE | 1 => Some(Self::Vocabulary),
            _ if code == Self::NO_LANGUAGE | 2 => Some(Self::Shared),
            bits => Some(Self::Foreign(bits)),
        }
    }
}

/// What `word`, in lower case, says; `None` when no table has it.
#[inline]
pub(super) fn tongue(word: &str) -> Option<Tongue> {
    Tongue::of(TONGUES.get(word.as_bytes()))
}

/// The words of the tables that English has.
pub(super) fn english() -> impl Iterator<Item = &'static str> {
    let lists = ENGLISH.iter().chain(SHARED);
    let words = lists.flat_map(|line| line.split_whitespace());
    words.chain(VOCABULARY.lines())
}

/// [`tongue`] of a packed word.
#[inline]
pub(super) fn packed_tongue(word: PackedWord) -> Option<Tongue> {
    Tongue::of(TONGUES.get_packed(word))
}

/// Whether `word` ends as the words of medicine do; lists of drugs and of
/// diagnoses are no sentences.
pub(super) fn is_clinical(word: &str) -> bool {
    const ENDINGS: [&str; 40] = [
        "pril", "statin", "olol", "azole", "formin", "pine", "pam", "cillin", "mycin", "sartan",
        "pentin", "zine", "done", "etine", "parin", "tinib", "mab", "ide", "ine", "prim", "oxacin",
        "profen", "terol", "sone", "lone", "itis", "osis", "emia", "opathy", "ology", "ologies",
        "etal", "ectomy", "oma", "algia", "pnea", "uria", "pepsia", "plegia", "graphy",
    ];
    word.len() >= 7 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_wins_but_for_shared_words() {
        assert_eq!(tongue("the"), Some(Tongue::English));
        assert_eq!(tongue("pain"), Some(Tongue::English));
        assert_eq!(tongue("von"), Some(Tongue::Shared));
        assert_eq!(tongue("metformin"), None);
        assert_eq!(tongue("duele"), Some(Tongue::Foreign(1)));
    }
}
