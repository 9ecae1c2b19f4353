//! Closed classes: words that English has few of, and that no frequency list
//! tells apart.

use super::Classes;
use crate::deid::word::{Words, words};

/// Lists of words, parted by white space, and what each list says of them.
pub(super) const CLASSES: &[(&str, Classes)] = &[
    (STOP, Classes::STOP),
    (CHAT, Classes::STOP),
    (COURTESIES, Classes::STOP),
    (LABELS, Classes::STOP),
    (TITLES, Classes::TITLE),
    (KIN, Classes::KIN),
    (CALENDAR, Classes::CALENDAR),
    (STATES, Classes::STATE),
    (STATE_CODES, Classes::STATE),
    (COUNTRIES, Classes::COUNTRY),
    (FACILITIES, Classes::FACILITY),
    (PARTICLES, Classes::PARTICLE),
    (MOSTLY_NAMES, Classes::MOSTLY_NAME),
    (BRANDS, Classes::BRAND),
    (EPONYMS, Classes::CLINICAL),
    (ABBREVIATIONS, Classes::CLINICAL),
    (DRUG_BRANDS, Classes::DRUG),
    (CUE_STARTS, Classes::CUE_START),
    (EMPLOYER_CUES, Classes::EMPLOYER_CUE),
    (FACILITY_ENDS, Classes::FACILITY_END),
    (REQUESTS, Classes::REQUEST),
];

/// Words that say what a question asks for, by what that is.
pub(super) const ASKED: [Words; 16] = [
    words!["name", "names"],
    words!["first", "last", "full"],
    words!["spell", "spelling", "spelled"],
    words!["who", "speaking", "calling"],
    words!["address", "street"],
    words!["city", "town", "live", "living", "where", "location"],
    words!["zip", "postcode", "postal", "state"],
    words!["from", "destination", "departure", "arrival"],
    words!["number", "digits", "numbers", "digit"],
    words!["account", "card", "bank"],
    words![
        "id",
        "code",
        "confirmation",
        "booking",
        "reference",
        "member",
        "policy"
    ],
    words!["pin", "password", "passcode", "security"],
    words!["social", "ssn"],
    words!["phone", "mobile", "cell", "reach", "callback"],
    words!["birth", "birthday", "dob", "date", "born"],
    words!["email", "username", "login"],
];

/// Grammar, courtesy, filling and the everyday words of conversation about
/// appointments and accounts.
const STOP: &str = "
a an the this that these those it its it's it'll it'd i me my mine myself you your yours yourself he him his
himself she her hers herself we us our ours they them their theirs i'm i've i'd i'll you're you've you'd you'll
he's she's he'd she'd he'll she'll we're we've we'd we'll they're they've they'd they'll that's there's here's
what's who's where's how's when's why's let's lets im ive ill id youre dont cant wont didnt doesnt isnt thats whats
theres heres wheres whos shes hes hows theyre weve youve theyve itll thatll theyll youll arent wasnt werent
couldnt wouldnt shouldnt havent hasnt hadnt aint yall
am is are was were be been being isn't aren't wasn't weren't ain't do does did done doing don't doesn't didn't
have has had having haven't hasn't hadn't can could cannot can't couldn't shall should shouldn't would wouldn't
won't n't na might must mustn't ought gonna wanna gotta need needs needed needing want wants wanted wanting
and or but nor so yet if then than because cause since while though although unless until till til whether either
neither both as at by for from in into of off on onto out over to too under up upon with within without about
above across after again against along among around before behind below beneath beside between beyond down during
except inside like near outside past per since through throughout toward towards via
who whom whose which what when where why how whatever whoever whenever wherever however
not no nope nah yes yeah yep yup ya yea ok okay okey okie k sure alright right well oh ah uh um er hmm hm mm mhm
mmm huh uhm erm eh aha ooh wow hey hi hello hiya howdy bye goodbye cheers thanks thank thx thankyou ty welcome
please pls plz sorry pardon excuse good great fine nice perfect excellent awesome wonderful fantastic lovely
brilliant cool super absolutely definitely certainly exactly correct true false maybe perhaps probably possibly
really actually basically literally honestly obviously clearly simply just only even still also already always
never ever often sometimes usually once twice again now here there today tomorrow yesterday tonight morning
afternoon evening night noon midnight day days week weeks month months year years hour hours minute minutes second
seconds time times moment late later early earlier soon ago next last first second third another other others each
every all any some none most more less least few many much several lot lots bit little enough such same different
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million zero double triple
something anything nothing everything someone anyone everyone somebody anybody nobody everybody
go goes going gone went come comes coming came get gets getting got gotten give gives giving gave given take takes
taking took taken make makes making made see sees seeing saw seen look looks looking looked know knows knowing knew
known think thinks thinking thought say says saying said tell tells telling told ask asks asking asked call calls
calling called talk talks talking talked speak speaks speaking spoke feel feels feeling felt try tries trying tried
keep keeps kept let put puts start starts started stop stopped help helps helping helped mean means meant use uses
using used work works working worked happen happens happened happening wait waiting hold holding check checking
checked book booked booking cancel cancelled change changed confirm confirmed send sent pay paid buy bought order
ordered schedule scheduled report reported follow update updated verify verified provide provided
new old able available back away ready busy happy glad afraid sad mad interested available worried concerned
doctor doctors doc dr patient patients nurse nurses sir maam ma'am madam mam miss mister mr mrs ms guys folks dude
buddy bud hon luv honey dear everyone friend friends people person man men woman women guy girl boy kid kids child children
mom mum dad mother father brother sister son daughter wife husband uncle aunt grandma grandpa cousin family baby
name name's names number numbers account address phone email date birth appointment insurance card claim policy
payment bank flight ticket hotel room car ride loan balance password username pin code id ssn zip street city state
customer service agent bot chat question issue problem request status information info details reason test
alrighty ph dob pnr acc asap appt appts min gee hai hii hiii heya helo hlo btw childs sons daughters husbands wifes moms dads kids
naw darlin inaudible unintelligible indiscernible crosstalk laughter unk spn nsn yours sincerely regards
ur whats wheres hows whos pw pwd cya np lol idk tbh omg smh imo fyi btw brb asap afaik ofc tho thru cuz gonna wanna
gotta nevermind congrats dang darn heck geez gosh aw aww woot noice fella fellas lemme gimme dunno yall ty tysm thx pls plz ffs
tmrw tmr tmro idc ikr hbu wbu ngl bcuz abt ppl msg txt acct bday thanku thanq tq tks thks thnx tnx thanx thnks byee hmmk mhmm welp yess yesss yeh yepp nopes okies heyy hii omggg
ip imei npi dea gps vin mrn udi ssn sec secs barcode passphrase passcode aba
";

/// What chats shorten and how they draw words out.
const CHAT: &str = "
u urself nvm tyvm ttyl ily ilysm sos lmk fwd fwded sry srry soz okie dokie okey rly defo deffo obvs poss probs prolly l8r b4 gr8
2moro 2morrow 2nite 2day tmoro tmrow tmro tonite freq approx coz jk yw hmu wdym smth plss plsss pleasee thankss thku tku
bro bruv hun hunni hunny muchly xx xxx xoxo lmao lmfao rofl haha hahaha hahah hehe lolol yass yasss yh yupp yuppp goodnite gnight rcvd
recd pymt appmt apmt acc accts msgd txtd dm dmed pm'd altho thro enuf tht wud cud shud havnt hav wich
";

/// Greetings and thanks of other tongues, which English turns begin and end with,
/// but for those that are names as well.
const COURTESIES: &str = "
hola gracias adios adiós bonjour bonsoir merci beaucoup svp ciao grazie danke shukran afwan marhaba
inshallah mashallah alhamdulillah jazak jazakallah jazakumullah allah namaste namaskar namaskaram vanakkam dhanyavad
dhanyawad shukriya arigato arigatou konnichiwa kamsahamnida annyeong mabuhay maraming terima diolch
slainte sláinte mahalo obrigado obrigada spasibo dziekuje dziękuję sawubona ngiyabonga enkosi dankie
";

/// What forms and those who fill them in call an entry in short.
const LABELS: &str = "
tel mob bsb cvv cvc cvn exp ein uhid aadhaar aadhar adhaar bvn crn mprn gprn mpan ext acct amt txn utr gstin ifsc
iban nhs ppsn pps eircode pincode attn abn tfn mpxn upi puk imsi iccid ssid uin vrn
";

const TITLES: &str = "
dr doctor doc mr mister mrs missus ms miss prof professor nurse officer captain sergeant lieutenant colonel
señora señor señorita doña sra
engr alhaji alhaja hajia shri smt mx matron
rev reverend pastor rabbi sister aunt auntie uncle grandma grandpa coach deacon bishop imam monsignor deputy judge senator detective principal
";

const KIN: &str = "
husband wife spouse partner fiance fiancé fiancee fiancée boyfriend girlfriend son sons daughter daughters child
children twins kids grandkids grandchildren baby mother mom mum mommy mummy father dad dada daddy parent parents brother brothers sister sisters sibling
twin uncle aunt auntie cousin nephew niece grandmother grandma grandfather grandpa granddad grandson granddaughter
kid kiddo toddler gran granny nan nana mama papa hubby bf gf boys girls grandbaby midwife barber plumber coworker stepsister stepbrother landlord landlady stepson stepdaughter stepmother stepfather stepmom stepdad neighbor neighbour roommate caregiver carer guardian
friend boss coworker colleague ex doula sponsor
abuela abuelo abuelita abuelito tía tío tia tio esposa esposo hija hijo hermana hermano primo prima padrino madrina
nonna nonno oma opa bubbe zayde memere pepere mémé pépé yiayia halmoni amma appa
";

const CALENDAR: &str = "
january february march april may june july august september october november december jan feb mar apr jun jul aug
sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
sat sun christmas easter thanksgiving halloween
";

const STATES: &str = "
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois
indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming carolina
dakota guam
";

const STATE_CODES: &str = "
al ak az ar ca co ct fl ga il ks ky md mn mo mt ne nv nh nj nm ny nc nd oh pa ri sc sd tn tx ut vt va wv wi wy
";

const COUNTRIES: &str = "
america american americans usa us uk british britain england english scotland scottish wales welsh ireland irish
europe european africa african asia asian canada canadian mexico mexican cuba cuban haiti haitian jamaica jamaican
bahamas brazil brazilian argentina argentinian chile chilean colombia colombian peru peruvian venezuela venezuelan
ecuador bolivia uruguay paraguay guatemala honduras nicaragua panama salvador dominican puerto rican france french
germany german spain spanish portugal portuguese italy italian greece greek turkey turkish russia russian ukraine
ukrainian poland polish romania romanian hungary hungarian bulgaria bulgarian serbia serbian croatia croatian
bosnia bosnian albania albanian austria austrian switzerland swiss belgium belgian netherlands dutch holland
denmark danish sweden swedish norway norwegian finland finnish iceland icelandic israel israeli hebrew arab arabic
egypt egyptian morocco moroccan algeria tunisia libya sudan ethiopia ethiopian eritrea somalia somali kenya kenyan
uganda tanzania nigeria nigerian ghana ghanaian liberia senegal congo angola zimbabwe zambia india indian hindi
pakistan pakistani bangladesh bengali nepal nepali lanka afghanistan afghan iran iranian persian farsi iraq iraqi
syria syrian lebanon lebanese jordanian saudi yemen kuwait qatar dubai china chinese mandarin cantonese taiwan
taiwanese japan japanese korea korean vietnam vietnamese thailand thai cambodia cambodian laos burma myanmar
malaysia malaysian singapore indonesia indonesian philippines filipino tagalog australia australian zealand
caucasian hispanic latino latina christian muslim jewish hindu buddhist catholic protestant
";

const FACILITIES: &str = "
hospital hospitals clinic clinics pharmacy hospice infirmary sanatorium pediatrics
";

const PARTICLES: &str = "
de del della di da dos das du la le van von der den ter ten bin ibn al el abu ben st saint mac mc ap ni y
";

/// Short and pet forms that stand in word lists by an accident of slang.
const MOSTLY_NAMES: &str = "
john johnny jimmy jenny jerry billy bobby bob tommy tom tim harry charlie charley peter molly nelly dolly
betty polly sally jake josh joe joey mike mickey ronnie barney benny eddie freddie freddy katie maggie mandy
annie nancy nan sammy timothy toby walter wally willie andrew ben dan ned ted teddy susan jane jessie minnie
millie tony terry randy henry kathy cathy carol carole dave davy gary glen hank jill judy kelly kerry larry
leslie lucy luke martin matt morris nick oscar paul percy philip ralph sarah scott simon steve stella vera
victor wayne wendy wilson winston alan alex alexander allen amy anna anne ann barbara betsy bruce carl carla
christina clara daniel david diana donna dora douglas duncan edward elizabeth ella emily emma eric ernest
ethel eva frances fred george gloria gordon greg harriet helen howard hugh ian isabel jack jackie james janet
jason jeff jennifer jeremy jessica jim joan joseph judith julia julie karen kate keith ken kevin kim laura
lauren leo leon leonard leslie linda lisa lloyd louis louise lydia margaret maria marie marion martha mary
maureen maurice michael michelle monica nathan neil nicholas nicole nora norman pam patricia patrick paula
phil philippa rachel raymond rebecca richard rita robert ronald rosa ross russell ruth ryan sam samuel sandra
sharon sheila shirley sophie stanley stephen stuart susie suzanne sylvia teresa thomas trevor vanessa vernon
vincent vivian william xavier yvonne zoe
";

const BRANDS: &str = "
max google facebook instagram twitter whatsapp youtube netflix amazon alexa siri cortana uber lyft spotify paypal venmo
zelle visa mastercard amex discover verizon comcast xfinity sprint walmart walgreens costco kroger safeway aldi
tesco boots ikea apple iphone ipad android samsung microsoft windows zoom skype fitbit garmin dexcom libre medtronic
omnipod ai fedex ups usps toyota camry corolla honda ford chevy chevrolet tesla nissan mazda subaru lexus bmw audi mercedes
medicare medicaid aetna cigna humana anthem kaiser bluecross tricare teladoc zocdoc mychart epic cerner
suzuki maruti hyundai skoda renault peugeot citroen vauxhall opel fiat dacia volvo mitsubishi mazda isuzu subaru acura
buick cadillac chevy chrysler dodge infiniti pontiac saab volkswagen vw porsche daihatsu perodua mahindra bajaj yamaha
kawasaki ducati harley corolla camry prius corsa yaris megane clio
wechat viber telegram discord insta zalo kakaotalk gpay paytm phonepe cashapp gcash mpesa klarna monzo revolut huawei xiaomi oppo nokia lenovo netgear linksys vodafone airtel
telstra optus talktalk giffgaff tmobile ryanair easyjet qantas lufthansa etihad spicejet jetblue travelodge
radisson sheraton ibis novotel barclays hsbc natwest chime flipkart swiggy zomato asda sainsbury's
sainsburys lidl morrisons superdrug waitrose argos currys bupa centrelink hmrc dvla
starbucks mcdonald's wendy's chick subway domino's coca pepsi gatorade pedialyte marriott hilton hyatt airbnb expedia
guinness budweiser heineken modelo coors michelob tecate smirnoff hennessy bacardi titos tito's
bayer sonicare waterpik listerine sensodyne similac enfamil centrum metamucil jello jif peloton keurig oakleys
vick vicks vick's vaseline delta covid moderna pfizer janssen astrazeneca
";

/// Diseases, signs, devices and scores that bear a person's name and that
/// the diagnosis lists lack.
/// Brands of drugs that are sold no longer, or without a licence of their own.
const DRUG_BRANDS: &str = "
norco percocet vicodin lortab darvocet ultracet nyquil dayquil theraflu roxicodone dilantin hyzaar augmentin keflex
nexplanon paragard
";

pub(super) const EPONYMS: &str = "
bankart sachs epworth barthel waterlow tinetti yergason segond stener
mcburney mcburney's mcburneys lewy whipple epley hallpike dix mohs nissen billroth penrose broviac tenckhoff kocher
chvostek trousseau lasegue finkelstein's meckel's zenker's virchow's burkitt burkitt's wilms kaposi kaposi's sengstaken
blakemore breslow galeazzi monteggia lisfranc snellen amsler ishihara schirmer schirmer's seldinger yankauer guedel
foley holter babinski murphy's lachman lachman's mcmurray mcmurray's phalen phalen's tinel tinel's homan's homans
romberg romberg's spurling spurling's hawkins' neer's kernig kernig's brudzinski trendelenburg valsalva heimlich
apgar glasgow doppler braxton hicks kegel kegels parkinson parkinsons alzheimer alzheimers crohn crohns hodgkin
hodgkin's addison addison's cushing cushing's graves graves' hashimoto hashimoto's hashimotos raynaud raynaud's
sjogren sjogren's barrett's meniere meniere's meniere's asperger asperger's tourette tourette's marfan down's turner's
klinefelter lou gehrig's gehrig's huntington's wilson's paget's bell's baker's colles morton's osgood schlatter
schatzki bouchard heberden heberden's weber rinne mallampati karnofsky gleason bartholin fallopian eustachian
ehlers danlos guillain barre chiari wernicke wernicke's korsakoff korsakoff's creutzfeldt jakob dupuytren
dupuytren's peyronie peyronie's charcot peutz jeghers zollinger henoch schonlein prinzmetal prinzmetal's prader
angelman willebrand willebrand's waldenstrom waldenstrom's hirschsprung hirschsprung's whipple's takayasu
takayasu's behcet behcet's gilbert's brugada eisenmenger eisenmenger's perthes quervain quervain's moebius
munchausen goodpasture goodpasture's tietze tietze's pott's scheuermann scheuermann's sever's stargardt
hoehn yahr
faber faber's
gerd uri abi bmi ekg emr epsom achilles pap bethesda epstein barr lyme ebola zika marburg coxsackie tylenol advil
";

/// What clinicians abbreviate, as they say and write it, but for what is a given
/// name as often.
const ABBREVIATIONS: &str = "
abg abgs adhd adls afib aki amb aox ards avm bmp bnp bph bpm bppv brbpr cabg cbc cbt ccu cdiff chole ckd cmp
copd cpap cpr crp csf cta ctab cva cxr ddx dka dnr dni dtap dtr dtrs dvt ecmo egd eeg ekg emg ercp esr esrd etoh fbs
gcs gsw hcg hctz hdl hgb hib hpi hpv htn ibd ibs icd icu ivf iud ivp jvd kub lbbb lfts llq lmp luq lvad mbs mdi
mmr moca mmse mrsa mva ngt nicu nkda npo nsaid nsaids nstemi ocd ocp orif osa otc pacu pcos pft pfts pfo phq picc
picu pmh ppd ppi ppis prn psa psh pta ptsd ptt pvc pvd qhs rbc rbbb rle rlq rsv ruq sbo scd scds sga siadh
snf sob ssri ssris stemi svt tbi tdap tens thr tkr tmj tpa tpn trach tsh tte turp urti uti utis vbac vsd
vtach wbc wnl xray xrays dispo obs labrum interspace callback
pt pts dx hx fx sx tx abx bx yo
ncv rna dna mrna cp wt ht trop nitro gaba metop tka tha wbat ppx iop hnp fhr wcc pod hld sl pcv cad chf hctz nsr
";

/// First words of the cues in `detect`; tests there hold both lists together.
const CUE_STARTS: &str = "
account profile record file chart policy bloke called calling calls chap girl guy lady man woman
chatting afternoon aka all alright appointment ask asked asking by bye call caller caller's client congratulations
accountant apprentice assistant babysitter chef bookkeeper broker builder childminder cleaner counsellor dentist flatmate
foreman gardener groomer handyman housemate hygienist interpreter lodger mate nanny paralegal pharmacist physio
physiotherapist roofer secretary solicitor surveyor tenant translator vicar warden
adjuster adviser advisor attorney caseworker cashier chauffeur clerk contractor courier driver electrician
installer instructor inspector janitor lawyer mechanic realtor receptionist stylist superintendent supervisor
technician tutor
customer dear emergency evening family first full given go goes good goodbye he he's hello her hey hi his hiya
i i'm im introduce it it's its known last maiden meet meeting member met middle morning my myself name name's
named names next nickname night ok okay patient patient's people regards see seeing seen she she's signed
sincerely sorry speak speaking spoke surname talk talked talking thank thanks that that's their they this thx
to welcome who's you
cosigned dictated reviewed transcribed typed
";

const EMPLOYER_CUES: &str = "been company employer business employed work works worked working job truck plan \
    insurance coverage drive drives drove driving cook teaches";

const FACILITY_ENDS: &str =
    "center centre group care home living practice medicine medical rehab school surgery";

const REQUESTS: &str = "name names surname who who's spell identify go call";
