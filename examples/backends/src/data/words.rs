//! The words that names, titles and texts are made of.

pub(super) const GIVEN: &[&str] = &[
    "Ada", "Björn", "Chiara", "Dario", "Elif", "Farid", "Greta", "Hanna", "Ines", "Jakub", "Kaito", "Léa", "Mateo",
    "Nour", "Oskar", "Priya", "Quentin", "Rosa", "Samira", "Tomás", "Ulla", "Viktor", "Wanda", "Yuki", "Zoë",
];
pub(super) const FAMILY: &[&str] = &[
    "Albrecht",
    "Becker",
    "Costa",
    "Dupont",
    "Eriksson",
    "Fischer",
    "García",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Marino",
    "Nakamura",
    "Okafor",
    "Petrov",
    "Rossi",
    "Schmidt",
    "Tanaka",
    "Virtanen",
    "Weber",
    "Yılmaz",
];
pub(super) const CITIES: &[&str] = &[
    "Berlin", "Hamburg", "München", "Wien", "Zürich", "Paris", "Lyon", "Madrid", "Porto", "Milano", "Gdańsk", "Malmö",
];
pub(super) const STREETS: &[&str] = &[
    "Hauptstraße",
    "Lindenallee",
    "Rue Victor Hugo",
    "Calle Mayor",
    "Via Roma",
    "Ringweg",
    "Am Kanal",
    "Storgatan",
];
pub(super) const COUNTRIES: &[&str] = &["DE", "AT", "CH", "FR", "ES", "PT", "IT", "PL", "SE"];
pub(super) const LOCALES: &[&str] = &["de-DE", "fr-FR", "es-ES", "it-IT", "en-GB", "sv-SE"];
pub(super) const ADJECTIVES: &[&str] = &[
    "Quiet", "Oak", "Linen", "Copper", "Nordic", "Folding", "Solar", "Compact", "Woven", "Matte", "Amber", "Slate",
    "Paper", "Marble", "Tall",
];
pub(super) const NOUNS: &[&str] = &[
    "Lamp", "Chair", "Desk", "Shelf", "Kettle", "Blanket", "Mirror", "Clock", "Vase", "Rug", "Stool", "Basket",
    "Speaker", "Planter", "Bench", "Pillow",
];
pub(super) const CATEGORIES: &[&str] = &[
    "lighting",
    "seating",
    "storage",
    "kitchen",
    "textiles",
    "decoration",
    "audio",
    "garden",
];
pub(super) const BRANDS: &[&str] = &["Hallmann", "Norrby", "Casa Lume", "Ostwind", "Faber & Co", "Tern"];
pub(super) const COLOURS: &[&str] = &["white", "black", "sand", "moss", "rust", "sky"];
pub(super) const MATERIALS: &[&str] = &["oak", "steel", "linen", "glass", "recycled plastic", "wool"];
pub(super) const CARRIERS: &[&str] = &["DHL", "DPD", "GLS", "UPS"];
pub(super) const TEXT: &[&str] = &[
    "a",
    "the",
    "light",
    "warm",
    "room",
    "fits",
    "well",
    "in",
    "small",
    "corner",
    "and",
    "looks",
    "good",
    "with",
    "wood",
    "quality",
    "is",
    "fine",
    "arrived",
    "quickly",
    "packed",
    "carefully",
    "would",
    "buy",
    "again",
    "colour",
    "slightly",
    "darker",
    "than",
    "shown",
    "easy",
    "to",
    "assemble",
    "sturdy",
    "soft",
    "made",
    "for",
    "every",
    "day",
];
