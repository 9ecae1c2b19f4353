//! Who is named after what they do for a living.

use crate::deid::lexicon::ReadTurn;
use crate::deid::word::{Words, words};

use crate::deid::detect::name::beside::is_told_of;
use crate::deid::detect::name::standing::{Standing, standing};

use super::acts::does;

/// What people do for a living, and whoever sees to a house, a street or a ward.
const TRADES: Words = words![
    "accountant",
    "baker",
    "bailiff",
    "barber",
    "barman",
    "barmaid",
    "bartender",
    "bookkeeper",
    "bouncer",
    "builder",
    "busboy",
    "butcher",
    "caretaker",
    "carpenter",
    "cashier",
    "caterer",
    "cleaner",
    "clerk",
    "conductor",
    "constable",
    "cook",
    "cop",
    "custodian",
    "dealer",
    "doorman",
    "driver",
    "electrician",
    "farmer",
    "fisherman",
    "florist",
    "foreman",
    "gardener",
    "gatekeeper",
    "grocer",
    "groundskeeper",
    "guard",
    "guide",
    "handyman",
    "headmaster",
    "hairdresser",
    "housekeeper",
    "innkeeper",
    "janitor",
    "jeweller",
    "landlady",
    "landlord",
    "librarian",
    "lifeguard",
    "lodger",
    "mailman",
    "maid",
    "mechanic",
    "milkman",
    "nanny",
    "orderly",
    "organist",
    "paramedic",
    "photographer",
    "plumber",
    "policeman",
    "porter",
    "postman",
    "postmaster",
    "preacher",
    "priest",
    "ranger",
    "realtor",
    "referee",
    "roofer",
    "seamstress",
    "sexton",
    "sheriff",
    "shepherd",
    "shopkeeper",
    "skipper",
    "solicitor",
    "steward",
    "storekeeper",
    "tailor",
    "teacher",
    "teller",
    "trainer",
    "tutor",
    "undertaker",
    "usher",
    "vet",
    "vicar",
    "waiter",
    "waitress",
    "warden",
    "watchman",
    "welder",
];

/// Whether token `i` is named after what they do, and more is said of them: `the milkman
/// [zolvani] has keys`, `your organist [zolvani lund]`.
pub(super) fn is_of_trade(turn: &ReadTurn<'_>, i: usize) -> bool {
    const WHOSE: Words = words![
        "a", "another", "her", "his", "local", "my", "new", "old", "our", "that", "the", "their",
        "your",
    ];
    let next = turn.classes(i + 1);
    let surname = || standing(next) == Standing::Name && next.family() >= 2;
    i > 1
        && TRADES.has(turn.key(i - 1))
        && WHOSE.has(turn.key(i - 2))
        && (is_told_of(turn, i) || does(turn, i) || surname())
}
