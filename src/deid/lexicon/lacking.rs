//! What the lists of words and of drugs lack, which are American and some years
//! old: words of Britain and Ireland, and new ones.

use super::Classes;

/// Lists of words, parted by white space, and what each list says of them.
pub(super) const CLASSES: &[(&str, Classes)] = &[
    (WORDS, Classes::english(35)),
    (NEW_WORDS, Classes::english(35)),
    (TONGUES, Classes::english(20)),
    (DISHES, Classes::english(35)),
    (RELATIVES, Classes::english(35)),
    (RELATIVES, Classes::KIN),
    (CLINICAL, Classes::CLINICAL),
    (DRUGS, Classes::DRUG),
];

/// Everyday words that are spelled otherwise.
const WORDS: &str = "
aeroplane aeroplanes aluminium analyse analysed analysing apologise apologised apologising armour authorise
authorised behaviour behaviours calibre cancelled cancelling catalogue centre centred centres cheque cheques
colour coloured colourful colouring colours counsellor counsellors defence draught emphasise enquire enquiries
enquiry enrol equalled favour favourite favourites favours fibre fibres flavour flavours fuelled fulfil grey
greyish harbour honour honours humour jewellery judgement kerb kilometre kilometres labelled labelling labour
levelled licence litre litres manoeuvre memorise metre metres millilitre millilitres minimise mould mouldy
meself moustache mums neighbour neighbourhood neighbours normalise odour offence organisation organise organised
organising parlour plough practise practising programme programmes pyjamas queueing realise realised realising
recognise recognised rumour saviour sceptical specialise specialised stabilise storey summarise travelled
traveller travelling tyre tyres utilise vapour yoghurt youse
";

/// Everyday words of the net, of payments, of clinics, newer than the list.
const NEW_WORDS: &str = "
accnt addr airpods alot app auth autopay benzos binky bldg bloodwork bluetooth botox carseat carseats cbd chatbot chromebook cmon
cologuard copays coulda crossfit crypto derm doordash dropdown ent epi esim esims fintech firestick fortnite gastro
glucometer glucometers grubhub gyn hafta hdmi hosp hotspot hulu instacart invisalign ios kettlebell kettlebells
kindergartner kombucha lotta pinkie pinky cetera lasik lifevest linkedin livestream mammo meds mighta minecraft mwf nephro neuro nintendo ob
onc onesie onesies op optho postop preop opp ortho oximeter passcode pedi peds perf pfizer pharmacogenetic pilates pinterest
playstation postmates preauth preauths pulm reddit rego rideshare ridesharing roku sats shoulda signup sippy
snapchat ssd tele telehealth telemedicine telepsych thc tiktok typo typos uname unvaxxed uro usb vax vaxxed voip walkthrough
walkups bogroll tupperware blutack layby carparks satnav flipflops flipflop keycards airfryer airfryers
multicooker instapot crockpot crockpots thermomix roomba drivethru offy matric gcse gcses alevels postgrad
homeschooled daycares playdate playdates stepstool babygro babygros muslins bingeing
livestreaming podcaster youtuber influencer vlog vlogs screenshotted screencap dropbox onedrive icloud
offline signin dealbreaker fitbits chromecast powerbank powerbanks subwoofer wishlist preorder
preordered preorders refurb refurbed giftcard giftcards gofundme fuckin comin doin nothin somethin gettin talkin
workin lookin tryin havin feelin livin waitin walkin runnin sleepin eatin thinkin tellin payin bringin puttin
sittin standin drivin helpin needin wantin usin movin playin stoppin hurtin burnin itchin bleedin swellin
breathin coughin throwin fixin cookin cleanin fishin huntin buyin stayin leavin losin messin
wearables whatcha wifi woulda xbox y'know zumba
";

/// Small words of other tongues that people who speak English say in between: of the
/// Philippines, of India, of West and South Africa, of Spanish and Arabic speakers, and
/// what is short for an everyday word in Australia and Scotland.
const TONGUES: &str = "
po opo lang kasi naman ako ikaw kami tayo kayo sila meron wala wag nga ko mo nyo niyo ito yung iyon dito diyan
saan paano bakit sige talaga pwede puwede dapat mga hindi oo kailangan ba kayong
yaar haan nahi nahin accha acha theek thik arre arey kya hai hain matlab abhi mera aapka
abeg oga wahala sef dey wetin ehn oya biko jare
ja eish yebo haibo lekker neh siyabonga
si sí esta está estas este esto donde dónde tu tú muy bien bueno buena buenas buenos noches tardes dias días por pero porque
poquito aqui aquí ahi ahí ahora ahorita claro mande momento espera señor favor oui non
yalla wallah khalas habibi habibti tamam
moin halleluja hej takk tusen kiitos ahoj cześć czesc olá assalamu alaikum alaykum walaikum asalam
asalamu wassalam assalamualaikum jambo karibu habari kwaheri daktari zikomo vinaka talofa sawasdee selamat
akwaaba medaase dumelang
arvo servo ambo brekkie bickie smoko tradie rego bikkie och wee aye innit
";

/// What people eat and drink, called as where it is from.
const DISHES: &str = "
adobo aioli arepa arepas ayran banchan baozi barfi bhajis biryani biryanis bibimbap birria bobotie brekky
bulgogi burrata carnitas ceviche chaat cheesesteak chimichurri chipotle chilaquiles congee cerveza dosa dosas
dimsum egusi empanadas escabeche feijoada frappuccino fufu frijoles ganache gelato gochujang gyoza halloumi
halva harissa hotdog horchata idli idlis injera jalebi jollof kefir kheer kofta kulfi laksa lechon lumpia
lutefisk macaron mandazi masala mascarpone matcha matoke mochi mofongo nasi ndole nihari nopales nshima pakora
pakoras paneer pancit paratha parathas pasteis perogies pierogi pierogies pilau pozole pulao pupusa pupusas
raita rasam rendang roti rotis sashimi shakshuka shawarma sinigang slushie slushies soju souvlaki stollen
stroopwafel tagine toum tostadas tostones tteokbokki udon ugali uttapam vegemite wonton wontons yakitori
yakisoba yorkie zaatar moimoi kachumbari nyama sukuma pilipili mielies droewors
";

/// What relatives are called in other tongues, and those who are spoken to as such.
const RELATIVES: &str = "
bhaiya bhai didi bhabhi chacha chachi kuya tatay nanay mija mijo mijita mamita papito sisi bhuti gogo ouma oupa
tannie oom baba papi mami ammi abbu nanu dadu thatha paati akka
";

/// Clinical words that are spelled or said otherwise.
const CLINICAL: &str = "
metanephrines troponins hbsab quantiferon widal rdt mrdt updrs bili trops creat neuts plts dnacpr hemicolectomy
sigmoidoscopies ebv hsv hcv hbv tbii tpo fsh pth shbg dheas probnp ntprobnp tsat uibc tibc mcv mch rdw egfr uacr
pcr cpk ggt anticcp dsdna dexa fibroscan colpo colposcopy hystero hycosy laparo lletz turbt eswl pcnl eus ogd
tavr tunnelled tunnelling debrided lcsw lmft lmhc pmhnp cnm rnc rrt slp slps otr
anaemia anaemic anaesthesia anaesthetic anaesthetist analgesia apnoea caecum caesarean catarrh chilblains
coeliac diarrhoea diarrhoeal dysmenorrhoea dyspnoea faecal faeces fibre foetal foetus glycaemia gonorrhoea
gynaecological gynaecologist gynaecology haematologist haematology haematoma haematuria haemoglobin
haemophilia haemorrhage haemorrhages haemorrhoid haemorrhoids hayfever homoeopathy hypercalcaemia
hyperglycaemia hyperkalaemia hypoglycaemia hyponatraemia ischaemia ischaemic leucocytes leukaemia oedema
oesophageal oesophagus oestradiol oestrogen orthopaedic orthopaedics paediatric paediatrician paediatrics
paracetamol phlegmy physio postnatal rheumatology salbutamol septicaemia sulphate sulphur tonsillitis toxaemia
tumour tumours uraemia verrucas bipap osteopenia osteopenic vit vits resus cath bbt hba1c phos bicarb lytes coags retics trilaminar bilaminar endometrium theatres
";

/// Brands of drugs, creams and remedies; milks for infants; courses of chemotherapy and what
/// drugs are called for short.
const DRUGS: &str = "
fansidar coartem artequin duocotecxin septrin amoclan cyclogest lutigest kliofem livial sandrena oestrogel
lenzetto prostap gonapeptyl orgalutran cetrotide menopur pergoveris puregon ovitrelle fostimon mefenamic prelone
betnesol beyfortus menacwy nimenrix engerix recombivax typhim tdvax cathflo heplock ferinject cosmofer neulasta
zarzio rixathon kanjinti
adcal adizem airomir airsupra anadin anusol avamys aveeno bazuka beechams bendroflu bisodol bonjela
breyna breztri buccastem budelin butec calcichew cerelle cetraben cilest cipramil clenil clinitas codipar
colofac colpermin corsodyl cosmocol coversyl cuplex daktarin dermol desmomelt dianette dioralyte diprobase
diprosalic docusol doublebase duac duoresp ebesque elleste emcor emollin epaderm epiduo epilim estradot
eumovate evorel exocin femodette ferrograd forceval fresubin fultium fungilin galpharm gedarel germoloids
glucogel hydromol implanon incruse jaydess kliovance lacri laxepro laxido lemsip levest
lizinna loceryl logynon longtec luventa lyclear madopar matrifen medikinet mercilon metanium microgynon
migraleve millinette mirtazon molaxole movicol mucogel naseptin neocate niquitin nozinan nutrizym oilatum
optrex otomize otrivine ovysmen paramol peptac piriteze pregaday prempak proctosedyl relvar rennies rhinolast
rozex salamol sandocal scheriproct sereflo seretide shortec sinemet slozem sofradex solpadeine solpadol
stemetil strepsils sudocrem sytron tildiem timodine tramacet tranexamic trelegy trimovate trosyl tyrozets
tazocin ultibro utovlan viscotears wixela xismox yaltormin zapain zerobase zerocream zerodouble zineryt
aerius atarax azee becosules crocin dolo ecosprin glycomet golytely gravol istamet mersyndol moviprep panadeine pantop
pantocid shelcal somac suprep thyronorm wysolone zincovit aspercreme bengay bonine lactaid metamucil
abvd alimentum aptamil beacopp capox carbo carbotaxol enfamil folfiri folfirinox folfox flot nutramigen
pregestimil rchop similac sulfa xelox
";
