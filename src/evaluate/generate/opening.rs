//! First and last lines.

use super::small_talk::Line;
use super::small_talk::Side::{Firm, Person};

/// Last lines of any conversation.
pub(super) const CALL_ENDS: &[&[Line]] = &[
    &[
        (
            Firm,
            "[anything else I can help with|is there anything else]?",
        ),
        (
            Person,
            "[no, that's all|that's it|no thank you]. [bye|thanks|have a good day].",
        ),
        (Firm, "[have a great day|take care|bye now]."),
    ],
    &[
        (
            Firm,
            "[thanks for calling|you're all set], {given}. [have a good one|take care].",
        ),
        (Person, "[you too|thank you|bye], {agent}."),
    ],
    &[
        (Person, "[thanks so much|thank you|appreciate it], {agent}."),
        (
            Firm,
            "[my pleasure|you're welcome|any time], [Mr.|Ms.|Mrs.] {family}.",
        ),
    ],
    &[(Person, "[okay, thanks|alright, bye|thank you].")],
];

/// First lines of a call.
pub(super) const CALL_STARTS: &[&[Line]] = &[
    &[
        (
            Firm,
            "[thank you for calling|thanks for calling|you've reached] {firm}, [this is|my name is|you're speaking with] {agent}. [how can I help you|how may I help|what can I do for you] today?",
        ),
        (
            Person,
            "[hi|hello|hey] {agent}, [I'm calling about {topic}|I have a question about {topic}|I need help with {topic}].",
        ),
    ],
    &[
        (Firm, "{firm}, {agent} speaking."),
        (
            Person,
            "[yes, hi|hello|good morning], [this is|it's|my name is] {caller}. [I'm calling about|it's about] {topic}.",
        ),
    ],
    &[
        (Firm, "[hi|hello], [am I speaking with|is this] {caller}?"),
        (Person, "[yes|speaking|this is {given}|yes it is]."),
    ],
    &[
        (
            Person,
            "[hi there|hello|hi], I [wanted to ask about|need help with|have a problem with] {topic}.",
        ),
        (
            Firm,
            "[sure|of course|absolutely], I can help you with that.",
        ),
    ],
    &[
        (Person, "[hello|hi], can you hear me?"),
        (
            Firm,
            "[yes|loud and clear], [this is|I'm] {agent} [with|from] {firm}.",
        ),
    ],
];

/// First lines of a visit.
pub(super) const VISIT_STARTS: &[&[Line]] = &[
    &[
        (
            Firm,
            "[hi|hello|good morning], {given}. [how are you|how have you been|what brings you in]?",
        ),
        (
            Person,
            "[hi|hey], [Dr.|Doctor] {doctor}. [not so good|okay I guess|I've been better].",
        ),
    ],
    &[
        (
            Firm,
            "[come on in|have a seat]. I'm [Dr.|Doctor] {doctor}. [what's going on|how can I help]?",
        ),
        (Person, "[thanks for seeing me|well], it's about {topic}."),
    ],
    &[
        (
            Firm,
            "so {given} is here today for [a follow up|a check-up|some results|a second opinion]. [how are we doing|how's it going]?",
        ),
        (Person, "[alright|pretty good|same as before]."),
    ],
];

/// First lines of a thread of messages.
pub(super) const TEXT_STARTS: &[&[Line]] = &[
    &[
        (
            Firm,
            "{firm}: [hi|hello] {given}, [this is a reminder|we have a question|just checking in] about {topic:yours}.",
        ),
        (Person, "[ok|hi|yes?|thanks]"),
    ],
    &[
        (
            Person,
            "[hey|hi], it's {given} {family}. [any news on|question about] {topic}?",
        ),
        (Firm, "[hi|hello] {given}, [let me check|one sec]."),
    ],
];

/// First lines of a chat.
pub(super) const CHAT_STARTS: &[&[Line]] = &[
    &[
        (
            Firm,
            "[hi|hello|welcome to {firm}], [I'm {agent}|this is {agent}|you're chatting with {agent}]. [how can I help|what can I do for you] today?",
        ),
        (
            Person,
            "[hi|hello|hey] {agent}, [it's about|I have a question about|I need help with] {topic}",
        ),
    ],
    &[
        (
            Person,
            "[hi|hello|hey there], [I need help with|question about|trying to sort out] {topic}",
        ),
        (
            Firm,
            "[sure|of course|happy to help], [one moment please|let me take a look].",
        ),
    ],
    &[
        (
            Person,
            "[hi|hello], this is {caller}, [writing about|asking about] {topic}.",
        ),
        (
            Firm,
            "[thanks for reaching out|hello|hi], {given}. [I can help with that|let me check].",
        ),
    ],
    &[
        (
            Firm,
            "{firm}: [hi|hello] {given}, [this is a reminder|we have a question|just checking in] about {topic:yours}.",
        ),
        (Person, "[ok|hi|yes?|thanks]"),
    ],
];

/// What a person calls about.
pub(super) const TOPICS: &[&str] = &[
    "a refill",
    "my test results",
    "an appointment",
    "a claim",
    "my account",
    "a charge on my statement",
    "my insulin pump",
    "my blood work",
    "the study",
    "a ride to the clinic",
    "a referral",
    "my insurance card",
    "the app",
    "a letter you sent",
    "side effects",
    "my knee",
    "a cough that stays",
];
