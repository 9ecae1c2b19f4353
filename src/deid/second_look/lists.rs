//! The second look's own small lists, written for it by hand. They are not
//! the lexicons of the first look: a gap there must not be a gap here.

/// Units and counted things: a number before one of these is a quantity.
pub(super) const UNITS: &[&str] = &[
    "mg mcg ug ml cc g gm gms gram grams kg kgs kilo kilos kilogram kilograms milligram",
    "milligrams microgram micrograms milliliter milliliters millilitre millilitres liter",
    "liters litre litres l dl units unit iu u meq mmol mol ounce ounces oz pound pounds lb",
    "lbs stone percent percentage years year yrs yr months month mo weeks week wk wks days",
    "day d hours hour hr hrs h minutes minute min mins seconds second sec secs s ms miles",
    "mile km kilometers meters metres m feet foot ft inches inch in cm mm bpm beats mmhg rpm",
    "degrees degree celsius fahrenheit f c dollars dollar bucks cents euros rupees inr usd eur",
    "k thousand million billion hundred steps calories kcal cells copies times x people",
    "patients tablets tablet pills pill capsules capsule puffs puff drops doses dose sessions",
    "visits points point gb mb kb tb mbps gbps mhz ghz volts watts hz percentile pack packs",
    "credit credits short more rupee items",
    "naira pesos yen rand dirhams shillings euro cigarettes drinks cups cup glasses bottles items words characters reps yo years-old am pm",
    "am. pm. st nd rd th nm ng pg pmol nmol ul mcl per over out mgs mls mgdl ppm lpm fl fr pp pcm apiece ea milliequivalents meqs",
];

/// Words after which, or a turn after which, digits are a number that names.
pub(super) const CUES: &[&str] = &[
    "mrn ssn social account acct member policy claim card cvv cvc pin passcode password zip",
    "zipcode postal postcode phone telephone cell mobile fax extension ext id identification",
    "license licence plate passport case order booking reservation confirmation reference ref",
    "ticket tracking serial routing prescription rx number num no. code digits ending last chart",
    "record tag invoice imei udi vin npi dea medicare medicaid iban subscriber callback bleep pager reach otp participant",
];

/// Ordinary words: what may follow a title or a placeholder without being
/// part of a name.
pub(super) const ORDINARY: &[&str] = &[
    "a an the this that these those some any each every either neither both all no none another",
    "such same other others one two three four five six seven eight nine ten first second third",
    "i you he she it we they me him her us them my your his its our their mine yours hers ours",
    "theirs myself yourself himself herself itself ourselves themselves who whom whose which what",
    "when where why how whether and or but nor so yet if then than because since although though",
    "while unless until as like of in on at by for with about against between into through during",
    "before after above below to from up down out off over under again further near around without",
    "within along across behind beyond among per via am is are was were be been being do does did",
    "doing done have has had having can could will would shall should may might must ought need",
    "needs dare not never ever always often sometimes usually rarely very too also just only even",
    "still already soon now here there today tomorrow yesterday tonight once twice maybe perhaps",
    "really quite rather almost enough more most much many few little less least well good better",
    "best bad worse worst great fine nice okay ok okey alright right sure yes yeah yep yup nope nah",
    "oh ah um uh uhm er hmm hm mm mhm huh hey hi hello howdy bye goodbye thanks thank please sorry",
    "welcome sir ma'am madam miss mister mr mrs ms dr doctor doc nurse dear folks guys everyone",
    "everybody someone somebody anyone anybody nobody something anything nothing everything thing",
    "things stuff lot lots bit kind sort type way ways time times day days week weeks month months",
    "year years hour hours minute minutes second seconds morning afternoon evening night noon",
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july",
    "august september october november december spring summer autumn winter fall birthday",
    "say says said saying tell tells told telling ask asks asked asking speak speaks spoke speaking",
    "talk talks talked talking call calls called calling calls know knows knew known knowing think",
    "thinks thought thinking believe see sees saw seen seeing look looks looked looking watch hear",
    "heard feel feels felt feeling want wants wanted wanting need needed needing get gets got getting",
    "give gives gave given giving take takes took taken taking make makes made making go goes went",
    "gone going come comes came coming leave leaves left leaving keep keeps kept put puts let lets",
    "let's help helps helped helping try tries tried trying use uses used using work works worked",
    "working start starts started starting stop stops stopped end ends ended wait waits waiting send",
    "sends sent sending bring brings brought show shows showed shown check checks checked checking",
    "confirm confirms confirmed verify verified update updated change changed cancel cancelled book",
    "booked schedule scheduled order ordered buy bought pay pays paid return returned receive",
    "received happen happens happened live lives lived living stay stays stayed move moved play plays",
    "meet meets met prescribed prescribes recommended recommends referred ordered examined treated diagnosed wants",
    "mentioned explained suggested advised gave wrote writes sees does thinks did performed removed",
    "here speaking calling available back ready not new old young big small large long short high low",
    "open closed full empty sick ill tired pain painful worried concerned happy sad afraid glad able",
    "unable busy free interested allergic diabetic pregnant married single divorced retired healthy",
    "patient patients client customer member person people man woman boy girl child children kid kids",
    "baby mom mother dad father parent parents son daughter brother sister wife husband spouse uncle",
    "aunt cousin grandmother grandfather grandma grandpa friend friends family partner boyfriend",
    "girlfriend neighbor boss manager colleague assistant agent representative rep team staff",
    "office clinic hospital center centre department desk pharmacy lab health healthcare medical",
    "care medicine medication medications drug drugs insurance plan plans service services support",
    "account number numbers name names date birth address phone email mail city state zip code street",
    "road avenue house home apartment room building company school college university bank store shop",
    "appointment appointments visit visits test tests result results surgery procedure treatment",
    "report reports history exam chart record records file form forms question questions problem",
    "problems issue issues reason idea question answer answers information details list line call",
    "dragon siri alexa google dax internet website online app computer phone car truck bus train plane",
    "correct wrong true false exactly absolutely definitely certainly actually basically probably",
    "possibly obviously unfortunately hopefully currently recently lately ago later early late last",
    "next past previous ahead again instead together alone away anyway anymore however therefore otherwise",
    "and/or etc ie eg re aka vs because cause cuz gonna wanna gotta kinda sorta lemme dunno ain't",
    "i'm i've i'll i'd you're you've you'll you'd he's he'll he'd she's she'll she'd it's it'll we're",
    "we've we'll we'd they're they've they'll they'd that's that'll there's here's what's who's how's",
    "where's when's isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't",
    "cannot couldn't won't wouldn't shouldn't mustn't im ive ill id youre dont cant didnt doesnt thats",
    "whats isnt wont its hes shes theres lets ya u ur r n pls plz thx ty btw lol",
    "request requests any asap reserve rang told bc monday's ai abc xyz inaudible stat mrs. via btw anytime afterwards",
    "please correct spelled spelt correctly alias respectively inaudible crosstalk laughs pause",
    "pleasure nice lovely wonderful perfect excellent awesome amazing cool hope hopefully wish love",
    "loves loved likes liked hate remember remembers forgot forget understand understood mean means",
    "meant guess suppose seems seem seemed appear sound sounds set turn turns turned run runs ran walk",
    "walks walked sit sits sat stand stands eat eats ate eating drink drinks sleep sleeping fell hurt",
    "hurts lost find finds found hold please spell spelling repeat repeats reach contact follow add",
    "provide provided share note notes sign signed signs write written read reads complete completed",
];

/// Frequent given names that are hardly ever anything else in a call.
pub(super) const GIVEN: &[&str] = &[
    "james john robert michael david william richard joseph thomas charles christopher matthew",
    "anthony donald steven steve andrew kenneth joshua kevin brian george timothy ronald edward",
    "jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin brandon benjamin",
    "samuel gregory alexander patrick raymond jerry dennis tyler aaron jose henry adam douglas",
    "nathan peter zachary kyle walter harold jeremy ethan carl keith roger gerald lawrence sean",
    "albert jesse willie bruce gabriel ralph roy juan eugene louis philip bobby johnny bradley",
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty",
    "sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah stephanie",
    "rebecca sharon laura cynthia dorothy amy kathleen angela shirley brenda emma anna pamela",
    "nicole samantha katherine christine helen debra rachel carolyn janet maria catherine heather",
    "diane olivia julie joyce victoria ruth lauren kelly christina joan evelyn judith",
    "andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn",
    "abigail sophia frances jean alice judy isabella julia denise danielle marilyn beverly",
    "charlotte natalie theresa diana brittany doris kayla alexis lori marie tiffany logan caitlin",
    "mohammed muhammad ahmed ali fatima aisha omar hassan ibrahim yusuf priya rahul amit anil raj",
    "sanjay deepak sunita anita pooja wei ming xiao chen yuki hiroshi kenji nguyen carlos luis",
    "miguel jorge pedro antonio manuel rosa carmen ana luisa fernando ricardo eduardo",
    "ivan dmitri olga natasha svetlana sergei vladimir katarzyna piotr agnieszka giovanni marco",
    "giulia pierre jacques francois claire hans klaus ingrid sven lars bjorn ahmad khadija kwame",
    "liam noah oliver elijah lucas mason logan aiden jackson sebastian mateo isaac caleb dylan",
    "alan simon graham nigel trevor gareth callum fiona siobhan rhys angus hamish derek tim jim tom",
    "bob mike dave dan chris matt joe jeff greg kate katie jenny becky debbie cathy cindy",
    "lucy molly sally maggie annie ellie sophie chloe zoe mia ella leah naomi esther miriam",
    "stacey tracy wendy valerie veronica vanessa yolanda latoya jamal darnell tyrone deshawn",
];

/// Towns that are hardly ever anything else in a call.
pub(super) const TOWNS: &[&str] = &[
    "boston chicago houston philadelphia dallas denver seattle portland detroit memphis atlanta",
    "miami tampa orlando pittsburgh cincinnati cleveland milwaukee minneapolis baltimore tucson",
    "albuquerque sacramento oakland nashville charlotte raleigh omaha tulsa wichita honolulu",
    "anchorage jacksonville louisville indianapolis brooklyn manhattan queens bronx newark",
    "hartford scottsdale glendale chandler mesa fresno bakersfield anaheim riverside spokane tacoma",
    "boise albany syracuse rochester yonkers toledo akron dayton lexington birmingham montgomery",
    "shreveport knoxville chattanooga savannah greensboro durham norfolk chesapeake pasadena",
    "hollywood malibu berkeley burbank london manchester liverpool leeds sheffield bristol",
    "edinburgh glasgow cardiff belfast dublin paris berlin madrid barcelona rome milan toronto",
    "montreal vancouver ottawa calgary sydney melbourne brisbane perth auckland mumbai delhi",
    "bangalore bengaluru chennai hyderabad kolkata pune madurai coimbatore tokyo osaka beijing",
    "shanghai seoul manila jakarta karachi lahore dhaka lagos nairobi cairo istanbul",
];

/// Street words.
pub(super) const STREETS: &[&str] = &[
    "street st avenue ave road rd boulevard blvd drive dr lane ln court ct place pl terrace way",
    "mews parkway pkwy highway hwy circle trail crescent close grove square",
];

/// Acronyms that people say letter by letter.
pub(super) const ACRONYMS: &[&str] = &[
    "mri ekg ecg cbc bmp cmp bmi hiv adhd add copd gerd uti ptsd ocd ibs ibd icu iv dna rna tsh ldl",
    "hdl psa otc usa fda cdc pcp ent ssri pcos tmj acl mcl lcl pcl gfr egfr ssn dob mrn pin atm faq",
    "usb gps sms tv dvd id ok asap fyi eta dui tia cva chf cad dvt inr bp rsv mrsa hpv hsv std sti",
    "mmr nhs gp eeg emg cpap ivf iud pms llc hmo ppo epo hsa fsa cpr dnr poa abc xyz ssi ssdi vpn cat",
    "er ed ct im pe pt ot ui ux ai it hr va uk us pdf obgyn lpn rn emt np pa md phd nda cbt dbt ect",
    "tens ems thc cbd aed ards bph bun cabg dm dka esr crp fna ggt alt ast hcg hba hrt lft nsaid opd pft pvc",
    "rbc wbc sob tb tbi urti wnl abcd aaa vin npi dea cvv otp imei abg aids als ana api ip mac url uid iccid sn",
    "dcis lcis cpt icd hcpcs stemi dni anc bnp phq gad gcs mmse cdr molst polst ied pcn bmt grp qrs qtc",
];

/// What people put around an answer: `okay`, `thanks`, `it's`.
pub(super) const SMALL: &[&str] = &[
    "yes yeah yep no nope sorry it it's its is that's thats that was i've got have i sure ok okay and",
    "then next so um uh well right correct great perfect thanks thank you got please let me see here",
    "there found now alright of course should be would just one moment",
];

/// Words that begin or make up a number, besides those that [`super::words`]
/// reads as one.
pub(super) const NUMBERS: &[&str] = &["hundred ninetieth nineties centenarian nonagenarian"];

/// Words with which a rule for names begins.
pub(super) const LEADS: &[&str] = &[
    "initials name names mister mr mrs ms dr doctor nurse sister aunt uncle professor miss husband",
    "wife son daughter brother partner neighbor grandson granddaughter caregiver friend cousin hi hello hey thanks dear i'm am under speaking party birthday",
    "wedding ask asked tell told ring rang phoned texted emailed married poor named says said thinks",
    "thought knows wants rings drove drives sleeps lives reports came comes went swapped picked wrote",
    "usually might've desk house place phone car flat mum mom dad boy kids lads midwife manager",
    "receptionist driver chef plumber engineer dentist vet therapist pharmacist technician supervisor",
    "reverend officer sergeant detective pastor alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu here she he she's he's call called",
];

/// Words after which a name may stand ([`super::slot`]).
pub(super) const BEFORE: &[&str] = &[
    "is was isn't wasn't this that me to with for i'm am it it's its and so okay ok alright well named son",
    "daughter kid child husband wife spouse partner brother sister mother father mom dad grandson",
    "granddaughter nephew niece cousin boyfriend girlfriend fiance fiancee neighbor roommate friend",
    "caregiver aunt auntie uncle mum nan gran grandma grandpa granny boy girl buddy twin stepson",
    "stepdaughter landlord landlady flatmate housemate coworker carer babysitter our",
];

/// Words that are given names too.
pub(super) const DOUBLES: &[&str] = &[
    "mark frank terry jack billy robin randy crystal angel grace dawn jimmy victor dale rose martin",
    "morgan jasmine hunter tony sherry lee harry troy holly ruby jay norman jo earl chase dean",
    "colleen carter destiny ray don derrick brent lily faith bill sue joy rosemary warren autumn",
    "spencer grant parker franklin patsy brandy gene lance glen penny gilbert sierra lewis daisy",
    "melody hazel tanner angelica maxwell jade misty brad cooper hope rick florence drew trinity",
    "dalton sandy summer marshall miles alma violet kent guy genesis iris perry nelson wade patty",
    "pat noel serenity sawyer aurora ginger ivy aria geneva laurel piper raven chandler lane morris",
    "pearl tucker ebony griffin nick viola marina clay drake ken jasper august dexter savanna",
    "sterling reed candy heath willow sage flora homer myrtle jewel rocky brooks harmony van will",
    "river phoenix opal rusty curt josh olive ivory dusty prince may porter harper brook journey",
    "dolly sunny hank valencia archer cherish chastity ward lindy kitty coral ember venus basil cliff",
    "madonna stormy clement foster duke mercy miller magnolia meadow art shad kip stone ford bishop",
    "blessing barb marigold hyacinth wren bud marge mick bree fern rowan poppy briar linden constance verity sonny buck abbey",
    "gibson carlin prudence kit barbie amber chip woody april june jane dick rob gus ty bonny sol",
];

/// Words after which people say the name of whom they speak to.
pub(super) const GREETS: &[&str] = &[
    "set calling too much hi hello hey dear thanks you bye welcome it care morning afternoon evening out",
    "there",
];

/// Words with which a rule for places begins.
pub(super) const SCENES: &[&str] = &[
    "hospital clinic center centre home care college in near from past through outside point minus apt apartment suite box",
    "north south east west number",
    "san santa los las address city county junction township falls beach heights springs pediatrics llc inc",
    "ltd corp foods logistics roofing catering textiles software industries works lines enterprises",
];

/// Surnames that are words: after a given name they are part of it.
pub(super) const SURNAMES: &str = "jones brown white hall young wright hill green baker cook bell cox \
    price wood long butler woods west wells hicks burns rice hunt black knight hart fox fields \
    banks little fuller lynch day fowler graves chambers watts hale beck bush parks love powers \
    barker ball sharp barber reeves cross garner moss farmer potter webster flowers moody pope \
    gross stokes wise waters parsons french park sparks bowers lamb bridges summers gates wolf \
    morrow combs short wall small bond dyer snow shepherd shields horn savage booth beard york \
    golden glass english strong winters sexton pace steele house rivers rush weeks bean spears \
    branch frost best moon mays roach church meadows peck gamble battle petty bird foreman rouse \
    workman head downs slaughter smart lake bunch camp law shoemaker gore wills crow steward hurt \
    couch groves lord swift castle deal ash singer painter hand temple swan fair post fountain \
    street singleton stone money king prince case cash rich good sweet bright noble savage strange";

/// Words with which a rule for electronic addresses begins.
pub(super) const NET: &[&str] = &["underscore slash dot point www w hash exclamation"];

/// Months, whole and shortened.
pub(super) const MONTHS: &[&str] = &[
    "january february march april may june july august september october november december jan feb mar",
    "apr jun jul aug sep sept oct nov dec",
];

/// Hesitations inside a number or a name.
pub(super) const FILLERS: &[&str] = &["uh um er erm uhm ah hmm mm like"];

/// What else may stand in an answer that is nothing but a number.
pub(super) const ENDINGS: &[&str] = &["the st nd rd th"];

/// Words that ask for a date.
pub(super) const WHEN: &[&str] =
    &["when date dob birth birthday birthdate born dated expiration expiry"];

/// What happens to a person on a date.
pub(super) const EVENTS: &[&str] = &[
    "passed died away admitted discharged appointment surgery visit dose procedure seen filled refilled filed accident opening",
];

/// Words that ask for an age, an e-mail address or another name of an account.
pub(super) const ASKS: &[&str] =
    &["old age email emails mail username userid login handle user website web url blog"];

/// Words that ask for what only its owner knows.
pub(super) const SECRETS: &[&str] = &["password passcode passphrase"];

/// Number words, in the order of [`super::words::Spoken`]; a place may have more
/// than one.
pub(super) const SPOKEN: [&str; 30] = [
    "zero oh o nought",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine niner",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty fourty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "double",
    "triple treble",
];

/// Ordinals of one word, first to twentieth; the thirtieth is apart.
pub(super) const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
