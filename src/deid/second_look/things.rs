//! Words of a kind that no dictionary of English has, and that are nobody's name:
//! what people answer, call each other, eat, take and use.

/// Greetings, thanks and assents of other languages.
const POLITE: &str = "lekker dankie gday bru boet jislaaik allyuh grazie diolch salamat arigato arigatou gozaimasu beaucoup obrigado obrigada spasibo dziekuje \
    dzieki arigatoo xiexie kamsahamnida gamsahamnida terima kasih mahalo aloha kiitos tack takk \
    dank bedankt efharisto efcharisto hvala dekuji koszonom multumesc faleminderit tesekkurler \
    sagol mersi asante daalu shukria dhanyavaad dhanyavad nandri bonjour bonsoir salut guten \
    abend buongiorno buonasera buenos buenas tardes noches bom tarde noite privet konnichiwa \
    konbanwa ohayo annyeong nihao sawubona habari salaam salam alaikum walaikum assalamu \
    assalamualaikum marhaba ahlan shalom namaskar vanakkam kumusta gidday heya howdy hullo oui \
    hai bueno claro listo perfecto perdon porfavor favor gut genau bitte jawohl prego bravo \
    pronto inshallah mashallah alhamdulillah wallah yallah khalas habibi habibti sayonara adieu \
    arrivederci tschuss hasta luego manana cheerio toodles toodaloo salve servus cymru cheers \
    ciao mabuhay opo aywa naam haan accha acha theek nahi nahin hanji";

/// Cries, and what stands for a sound.
const CRIES: &str = "uhh uhhh umm ummm umh erm errr hmmph hmph gah eish argh arg agh aargh aww awww eek eep eew \
    eww ewww yuck yeesh sheesh jeez geez gee gosh golly crikey blimey strewth yikes yowza yow oy \
    oi ooh ouch oww owww tsk tut pfft pff psst shh shhh shush ugh ughh urgh uhuh uhhuh mhmm mmhm \
    mmkay nuh nope nopes yessir yassir yip yippee yeehaw woohoo wahoo hurrah hooray hurray \
    hallelujah whoa woah whoops whoopsie oopsie oopsies phooey bah meh blah blech brr brrr achoo \
    atchoo haha hahaha hahahaha hehe heh hee lolol rofl bleh eurgh ayy ayyy dammit damnit \
    goddammit whew welp yea yeh yeahh yess yesss yup yupp okie okayy okkk kk mkay righto rightio";

/// What people call each other instead of a name, and titles.
const ENDEARMENTS: &str = "alhaja alhaji hajiya hajia mallam engr barr arch sifu shifu hun hon luv babe babes sweetie sweetheart darlin hunny honeybun sugar mija mijo mijita beti \
    bhai didi bhaiya bhabhi yaar dude dudes bro bruh bruv fam mate matey pal pally kiddo laddie \
    lassie lad lads lass sonny missus hubby wifey hubs sir maam madam madame monsieur \
    mademoiselle frau fraulein senorita sensei sahib saheb dona do\u{f1}a tia t\u{ed}a tio \
    t\u{ed}o abuelita abuelito nonna nonno oma babushka baba yaya yiayia pappou kuya titi oga \
    auntie aunty unc nanna nanny grammy gramps grampa granddad grandad grandaddy granddaddy \
    memaw meemaw mawmaw pawpaw papaw peepaw pops pappy mam mammy mama mamita papi papito mami \
    momma mommy mommie sgt sarge lt cpl pvt cmdr maj col adm rev revd msgr prof esq atty insp \
    det supt pres sr jr ofc gen";

/// Short forms of those who write in haste.
const SHORT: &str = "vanc ish bsb yall abt acct accts addr bldg blg reg regs exp expd vol vols til fml smh idc ikr wdym hbu wbu ngl \
    frfr icymi iirc afaik imho fwiw tldr nvm nvmd np npnp nw ofc omw otw brb bbl gtg ttyl tmi \
    tbf tbc tba tbd tia tyty tysvm ily ilysm xoxo bday bdays bf gf bff bffs sb sth smth smt \
    smthn sumthin somethin nothin goin doin comin gettin talkin tryin lookin workin havin bein \
    feelin thinkin waitin callin hopin cuz coz cos bcoz bcuz becuz thru nite tonite tmr tmrw \
    tomo tomoz tmw yest yday ystrdy prev prob probs prolly probly def defo deffo defs obvs obv \
    perf fab deets vid vids pic convo convos sesh rec recs ref refs sched schedd temp temps spec \
    specs max approx approxx est incl excl qty amt pmt pmts bal stmt txn trx xfer mgr mgmt dept \
    depts org orgs corp rep reps govt gov natl intl mtg mtgs hw fw cfg config configs pw pwd \
    pwds psw usr usrname uname msg msgs dm dms txt txts tx rx dx hx sx fx pt pts sob wknd wkday \
    wkends tue tues weds thurs fri mins hrs wks mths mnths yrs svc svcs cust custs fyi eod eob \
    cob poc etd diff diffs gen info infos inc incorr corr delivrd recvd rcvd recd shpd shpmt pkg \
    pkgs pkge delv cxl cxld canx resched rebook checkin checkout checkup checkups workup signup \
    signin signout logon logoff logout dropoff pickup turnaround payoff payout copay copays \
    coinsurance deductibles preauthorization preapproval autofill autorenew autorenewal \
    autodebit eft ach efile webchat callcenter backorder backordered prepaid postpaid unsub \
    unsubscribe opt gdpr ccpa hipaa pci kyc aml fdcpa tcpa coppa ferpa";

/// Dishes and drinks by their names.
const FOODS: &str = "rendang gado nasi goreng mie satay laksa pho banh bibimbap bulgogi kimchi japchae tteokbokki \
    galbi ramen udon soba tonkotsu tantanmen chashu gyoza goma mayu miso katsu tempura teriyaki \
    sashimi nigiri onigiri okonomiyaki takoyaki edamame wasabi matcha mochi yakitori donburi \
    bento dashi natto shoyu shio dal daal dahl dhal naan roti chapati paratha samosa samosas \
    pakora bhaji bhuna tikka masala korma vindaloo jalfrezi madras dopiaza balti biryani pulao \
    paneer saag aloo gobi chole rajma dosa idli vada sambar rasam uttapam thali lassi chai ghee \
    raita gulab jamun jalebi kheer halwa tandoori keema kofta kebab kebabs shawarma falafel \
    hummus tahini tabbouleh baklava labneh zaatar muhammara kibbeh couscous tagine harissa \
    injera berbere wat jollof egusi fufu suya akara moi puff ugali nyama choma sukuma biltong \
    boerewors pierogi pierogies kielbasa golabki bigos zurek borscht blini pelmeni goulash \
    paprikash schnitzel spaetzle bratwurst sauerkraut pretzel strudel lasagna lasagne gnocchi \
    ravioli tortellini penne rigatoni linguine fettuccine carbonara bolognese arrabbiata \
    puttanesca marinara pesto risotto polenta prosciutto pancetta mozzarella parmesan ricotta \
    burrata caprese bruschetta focaccia ciabatta calzone stromboli margherita pepperoni \
    capricciosa quattro stagioni formaggi tiramisu cannoli gelato affogato espresso macchiato \
    cappuccino latte mocha americano cortado frappuccino paella tapas chorizo gazpacho tortilla \
    churros empanada empanadas arepa arepas ceviche tamales tamale taco tacos burrito burritos \
    quesadilla quesadillas enchilada enchiladas fajita fajitas nachos guacamole salsa pico gallo \
    carnitas barbacoa birria pastor pozole menudo mole horchata elote chilaquiles tostada \
    tostadas pupusa pupusas feijoada pao brigadeiro acai adobo sinigang lumpia pancit lechon \
    sisig halo ube kare longganisa tapsilog turon croissant croissants brioche baguette quiche \
    crepe crepes ratatouille bouillabaisse coq vin escargot foie gras brulee macaron macarons \
    eclair profiteroles gouda brie feta halloumi camembert gruyere gyro gyros souvlaki moussaka \
    tzatziki spanakopita dolma dim sum bao baozi wonton wontons mein chow congee char siu mapo \
    tofu kung szechuan sichuan hoisin sriracha gochujang tempeh seitan quinoa kombucha kefir \
    boba trattoria osteria pizzeria ristorante taqueria cantina bodega brasserie bistro izakaya \
    cheeto cheetos dorito doritos oreo oreos pringles gatorade powerade pedialyte snickers \
    skittles poutine pavlova lamington vegemite marmite nutella haggis crumpet crumpets scone \
    scones ahi hash latkes challah matzo kugel rugelach babka bagel bagels lox knish gefilte \
    schmear";

/// Drugs by their brands, and those whose names end as no others do.
const MEDICINES: &str = "isoniazid rifampin rifampicin ethambutol pyrazinamide prazosin depakote malarone latanoprost xalatan timolol travatan lumigan cosopt combigan restasis \
    keppra dilantin tegretol lamictal topamax trileptal vimpat neurontin lyrica gabapentin \
    pregabalin cymbalta wellbutrin remeron paxil pristiq trintellix viibryd abilify seroquel \
    zyprexa risperdal geodon latuda rexulti vraylar clozaril haldol adderall ritalin concerta \
    vyvanse focalin strattera intuniv provigil nuvigil restoril lunesta belsomra valerian buspar \
    vistaril atarax hydroxyzine norvasc cozaar diovan benicar micardis avapro zestril prinivil \
    vasotec altace lotensin accupril coreg toprol lopressor tenormin bystrol bystolic inderal \
    cardizem procardia verapamil diltiazem calan imdur nitrostat ranexa entresto aldactone bumex \
    demadex zaroxolyn microzide dyazide maxzide hctz hydrochlorothiazide chlorthalidone \
    pravachol lescol vytorin zetia repatha praluent tricor lopid niaspan lovaza vascepa pradaxa \
    savaysa brilinta effient lovenox fragmin heparin aspirin ecotrin glucophage glucotrol amaryl \
    actos invokana steglatro tradjenta onglyza victoza byetta bydureon mounjaro zepbound saxenda \
    rybelsus levemir basaglar toujeo tresiba apidra humulin novolin fiasp admelog afrezza \
    lyumjev symlin levoxyl armour cytomel unithroid methimazole tapazole fosamax boniva actonel \
    prolia evista forteo reclast premarin estrace provera prempro climara vivelle clomid femara \
    letrozole ovidrel lupron menopur gonal follistim cetrotide ganirelix orilissa depo mirena \
    kyleena paragard nexplanon nuvaring yaz sprintec loestrin ortho junel flomax avodart proscar \
    jalyn cialis levitra detrol vesicare myrbetriq ditropan toviaz pyridium azo macrobid \
    zithromax azithromycin biaxin levaquin avelox doxy minocin vibramycin flagyl cleocin zyvox \
    vancocin rocephin omnicef ceftin zosyn merrem bicillin diflucan lamisil nystatin terbinafine \
    sporanox valtrex zovirax famvir acyclovir valacyclovir famciclovir relenza xofluza biktarvy \
    truvada descovy genvoya triumeq tivicay epclusa harvoni mavyret plaquenil imuran arava \
    otezla xeljanz rinvoq olumiant orencia actemra remicade simponi cimzia cosentyx taltz \
    stelara tremfya skyrizi dupixent xolair nucala fasenra entyvio rituxan ocrevus tysabri \
    tecfidera aubagio gilenya copaxone avonex rebif betaseron medrol deltasone prednisolone \
    kenalog decadron solumedrol cortef pulmicort qvar asmanex alvesco dulera breo trelegy anoro \
    stiolto incruse tudorza proair xopenex combivent atrovent duoneb theophylline daliresp \
    tessalon benzonatate mucomyst delsym coricidin theraflu alka seltzer rolaids maalox mylanta \
    gaviscon protonix prevacid aciphex dexilant carafate reglan bentyl levsin linzess amitiza \
    trulance movantik colace senokot dulcolax golytely suprep colyte lomotil kaopectate pepto \
    bismol creon zenpep asacol lialda pentasa colazal azulfidine uceris canasa xifaxan allegra \
    clarinex xyzal nasonex nasacort rhinocort astelin patanol pataday zaditor visine afrin \
    dramamine bonine antivert meclizine scopolamine phenergan promethazine compazine \
    prochlorperazine tigan marinol imitrex maxalt zomig relpax axert amerge nurtec ubrelvy \
    aimovig emgality ajovy qulipta fioricet excedrin flexeril robaxin skelaxin soma zanaflex \
    lioresal mobic celebrex voltaren relafen daypro lodine toradol indocin feldene naprosyn \
    anaprox ultram ultracet nucynta dilaudid opana duragesic suboxone subutex methadone narcan \
    vivitrol antabuse campral chantix nicorette nicoderm lidoderm salonpas biofreeze aspercreme \
    epipen auvi glucagon baqsimi gvoke dexcom libre medtronic omnipod minimed aricept namenda \
    exelon razadyne sinemet mirapex requip azilect neupro xadago cogentin artane zyloprim uloric \
    colcrys krystexxa procrit aranef aranesp epogen neupogen neulasta venofer feraheme \
    injectafer ferrex slowfe folate folic vit biotin melatonin turmeric echinacea ashwagandha \
    kratom glucosamine chondroitin coq omega centrum caltrate citracal ensure glucerna nepro \
    similac enfamil permethrin elimite ivermectin stromectol retin accutane differin benzaclin \
    epiduo clindamycin mupirocin bactroban silvadene bacitracin desitin aquaphor eucerin \
    cetaphil cerave lotrimin tinactin monistat hibiclens betadine peroxide mebendazole \
    albendazole praziquantel atovaquone primaquine chloroquine tafenoquine gardasil shingrix \
    prevnar pneumovax boostrix adacel tdap twinrix menactra bexsero rotateq pediarix pentacel \
    kinrix zostavax fluzone flumist ifosfamide taxotere gemzar xeloda alimta avastin erbitux \
    tarceva gleevec ibrance kisqali verzenio lynparza arimidex aromasin faslodex zoladex casodex \
    xtandi zytiga revlimid velcade darzalex imbruvica venclexta rituximab codeine pethidine \
    meperidine diclofenac celecoxib ketorolac etodolac nabumetone sumatriptan dydramol codamol \
    cocodamol microgynon cerazette rigevidon nurofen ibuleve piriton piriteze lemsip strepsils \
    rennie movicol laxido fybogel oramorph zomorph zapain naltrexone bisoprolol ramipril ramipri \
    amlodipine losartan lansoprazole flucloxacillin trimethoprim";

/// Makers, shops and services known by their names, and what they make.
const BRANDS: &str = "mychart commbank gcash caqh \u{161}koda tupperware openvpn wireguard nordvpn expressvpn kleenex velcro jacuzzi frisbee dyson roomba \
    hotpoint bosch siemens whirlpool maytag kenmore frigidaire electrolux zanussi beko miele \
    smeg kitchenaid cuisinart keurig nespresso vitamix tefal lego nintendo playstation xbox wii \
    sega roku chromecast firestick siri cortana android ios macos windows linux ubuntu fedora \
    macbook imac ipad ipod airpod galaxy pixel kindle fitbit garmin gopro nikon canon sony \
    lenovo acer asus toshiba panasonic philips jbl bose sonos logitech netgear tplink linksys \
    cisco sagemcom eero asana slack trello jira dropbox onedrive sharepoint evernote photoshop \
    excel powerpoint autocad quickbooks turbotax shopify etsy wix squarespace wordpress \
    mailchimp hubspot salesforce zendesk oracle github gitlab docker nasdaq vanguard fidelity \
    robinhood coinbase bitcoin ethereum dogecoin crypto ikea lidl aldi tesco asda sainsbury \
    sainsburys waitrose morrisons argos primark boots superdrug halfords screwfix wickes nando \
    nandos greggs deliveroo ocado evri dpd dhl ups usps ontrac lasership royalmail ryanair \
    easyjet lufthansa emirates qantas etihad airasia aeromexico klm jetblue amtrak greyhound \
    flixbus megabus eurostar trainline hertz enterprise sixt turo zipcar citroen peugeot renault \
    skoda seat vauxhall opel fiat kia mazda subaru suzuki mitsubishi lexus acura infiniti chevy \
    chevrolet gmc cadillac buick chrysler pontiac saab rivian lucid corolla camry civic prius \
    accord altima sentra elantra forester outback impreza silverado tundra wrangler corsa astra \
    qashqai fiesta passat jetta tiguan polo vespa yamaha ducati kawasaki nike adidas reebok puma \
    asics skechers birkenstock birkenstocks timberland uggs crocs levis uniqlo asos shein temu \
    aliexpress alibaba wayfair overstock homedepot lowes menards publix wegmans safeway \
    albertsons meijer winco heb piggly wiggly cvs riteaid goodrx express scripts optum optumrx \
    caremark labcorp medtronic geico allstate progressive statefarm usaa nationwide metlife \
    prudential anthem bluecross centene wellcare tricare citi citibank wachovia suntrust truist \
    natwest barclays hsbc lloyds santander revolut monzo starling klarna afterpay affirm mpesa \
    paytm gpay phonepe upi interac";

/// Genes, proteins, and signs and scales after whom nobody in the room is called.
const CLINICAL: &str = "tds qds bd od om mane nocte mst avf avl avr nsaid nstemi stemi cha has bled brca kras braf egfr cyp apoe mthfr hla dq goutallier lichtman neer sah fazekas kellgren \
    rinne schirmer schober drehmann ober gaenslen froment jobe yergason apley schatzker \
    salter bosniak gartland lauge danis debakey killip framingham perc hestia centor ranson \
    glascow blatchford rockall meld fib nafld eosinophils basophils lymphs monos polys segs \
    bands bili bilis lytes crit titer titers titre titres sats vitals coags trops dimer procal \
    lactate ketones trop cr subq subcu sublingual npo prn bid tid qid qhs qam qpm qod stat \
    hemolyzed haemolysed lavaged debrided anicteric afebrile normocephalic atraumatic supple \
    nontender nondistended guaiac heme occult emvi vasc ds nkda nka hpi ros pmh psh fhx shx pmhx pshx cxr kub bmp cmp ngt ett picc tpn adl adls iadls snf ltc eow cta ctab ctap rrr ntnd perrl perrla eomi aox fetor qshift rtc rto lmtcb lvm dnka emr pacs cpt icd drg phi loinc snomed";

/// What people belong to by their faith.
const FAITHS: &str = "methodist baptist presbyterian lutheran episcopal episcopalian anglican \
    adventist pentecostal evangelical mennonite amish quaker mormon unitarian calvinist orthodox \
    catholic protestant jewish muslim sikh hindu buddhist jain zoroastrian rastafarian";

/// All of them.
pub(super) fn words() -> impl Iterator<Item = &'static str> + Clone {
    [
        POLITE,
        CRIES,
        ENDEARMENTS,
        SHORT,
        FOODS,
        MEDICINES,
        BRANDS,
        CLINICAL,
        FAITHS,
    ]
    .into_iter()
    .flat_map(str::split_whitespace)
}
