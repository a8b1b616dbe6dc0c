//! The methods of the language.

/// The methods that take an argument per element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum Select {
    /// The elements for which `by` holds. Where the elements of the result cannot be null, `by` has shown it.
    Filter,
    Any,
    All,
    Sort,
    Min,
    Max,
    Sum,
    Avg,
    Unique,
    Index,
    Group,
}

/// The other methods served now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum Method {
    First,
    Last,
    Count,
    Join,
    Take,
    Skip,
    Pick,
    Entries,
    Int,
    Decimal,
    Float,
    Round,
    Floor,
    Ceil,
    Mod,
    Upper,
    Lower,
    Trim,
    Split,
    Replace,
    Sha256,
    Mask(Mask),
    /// Its calls are [`ExprKind::Format`](super::expr::ExprKind::Format).
    Format,
    /// Its calls are [`ExprKind::Money`](super::expr::ExprKind::Money).
    Money,
}

/// What `mask` leaves of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of the language")]
pub enum Mask {
    Email,
    Phone,
    Card,
    Name,
    Last4,
    All,
}

impl Mask {
    /// The masks by their names.
    pub const NAMES: [(&'static str, Mask); 6] = [
        ("EMAIL", Mask::Email),
        ("PHONE", Mask::Phone),
        ("CARD", Mask::Card),
        ("NAME", Mask::Name),
        ("LAST4", Mask::Last4),
        ("ALL", Mask::All),
    ];
}
