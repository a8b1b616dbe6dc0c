//! Decode plans: what of a JSON value is demanded, as data that lives in statics.

use super::rule::Rule;
use std::fmt;

/// What a JSON value must be. Every kind is plain data without owners, so generated tables are `static`s.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A string.
    Str,
    /// A string or an integer of any size, both read as text.
    Id,
    /// An integer that fits `i64`, written without fraction and exponent.
    Int,
    /// A number whose nearest `f64` is finite.
    Float,
    /// A number, or a string that holds one, of at most 28 digits; never read through a float.
    Decimal,
    /// `true` or `false`.
    Bool,
    /// Any value, only moved.
    Json,
    /// A string that holds a UUID (RFC 9562) in its hyphenated form.
    Uuid,
    /// A string that holds an absolute URL: a scheme, a colon, no blanks.
    Url,
    /// A string that holds a calendar date, `2024-02-29`.
    Date,
    /// A string that holds an instant of RFC 3339, with its offset.
    DateTime,
    /// A string that holds an ISO 8601 duration of weeks, days, hours, minutes and seconds.
    Duration,
    /// A string that holds standard, padded base64 (RFC 4648 section 4).
    Bytes,
    /// A string that names a time zone of the IANA database, such as `Europe/Berlin`.
    Zone,
    /// A string out of a list of names.
    Enum(&'static Names),
    /// An object, of which the fields of the plan are read. A function, since a record may contain itself and a
    /// constant that leads back to its own static cannot be evaluated.
    Rec(fn() -> &'static Plan),
    /// An object that is one of several records, told apart by the text of one of its fields.
    Union(fn() -> &'static UnionPlan),
    /// An array whose elements are all of one kind.
    List(&'static Kind),
    /// An object of any fields: the kind of the text that its keys hold, and that of its values.
    Map(&'static Kind, &'static Kind),
    /// The kind inside, or null, or nothing at all where a field may stand.
    Null(&'static Kind),
}

impl Kind {
    /// How many tape words one element of a list of this kind takes.
    #[inline]
    pub(crate) fn stride(&self) -> usize {
        match self {
            Kind::Rec(plan) => plan().fields.len(),
            _ => 1,
        }
    }

    /// Whether the kind is a single value, neither an object nor an array nor one that may be missing.
    pub const fn is_scalar(&self) -> bool {
        !matches!(
            self,
            Kind::Rec(_) | Kind::Union(_) | Kind::List(_) | Kind::Map(..) | Kind::Null(_) | Kind::Json
        )
    }

    /// Whether null, and absence where a field may stand, is a value of this kind.
    pub const fn is_nullable(&self) -> bool {
        matches!(self, Kind::Null(_))
    }

    /// The kind without its null.
    pub const fn inner(&self) -> &Kind {
        match self {
            Kind::Null(inner) => inner.inner(),
            _ => self,
        }
    }

    /// What a message calls a value of this kind, with its article.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Kind::Str => "a string",
            Kind::Id => "a string or an integer",
            Kind::Int => "an integer of 64 bits",
            Kind::Float => "a finite number",
            Kind::Decimal => "a decimal number of at most 28 digits",
            Kind::Bool => "true or false",
            Kind::Json => "a JSON value",
            Kind::Uuid => "a UUID",
            Kind::Url => "an absolute URL",
            Kind::Date => "a date such as 2024-02-29",
            Kind::DateTime => "a date and time such as 2024-02-29T12:00:00Z",
            Kind::Duration => "a duration such as PT1H30M",
            Kind::Bytes => "base64 text",
            Kind::Zone => "the name of a time zone such as Europe/Berlin",
            Kind::Enum(_) => "one of the declared values",
            Kind::Rec(_) | Kind::Union(_) | Kind::Map(..) => "an object",
            Kind::List(_) => "an array",
            Kind::Null(inner) => inner.describe(),
        }
    }
}

impl fmt::Debug for Kind {
    /// Plans may contain themselves, so a record prints as its name alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Rec(plan) => write!(f, "Rec({})", plan().name),
            Kind::Union(plan) => write!(f, "Union({})", plan().name),
            Kind::Enum(names) => write!(f, "Enum({})", names.name),
            Kind::List(inner) => write!(f, "List({inner:?})"),
            Kind::Map(key, value) => write!(f, "Map({key:?}, {value:?})"),
            Kind::Null(inner) => write!(f, "Null({inner:?})"),
            other => f.write_str(other.describe()),
        }
    }
}

/// The wire values of an enum.
#[derive(Debug)]
pub struct Names {
    /// The name of the enum, for messages.
    pub name: &'static str,
    /// The wire values, in the order of declaration.
    pub values: &'static [&'static str],
    /// Whether a value that is not listed is read all the same.
    pub open: bool,
}

/// The records that a union may be.
#[derive(Debug)]
pub struct UnionPlan {
    /// The name of the union, for messages.
    pub name: &'static str,
    /// The wire name of the field that tells which it is: the discriminator.
    pub on: &'static str,
    /// What the discriminator says, and the record that it is then.
    pub variants: &'static [(&'static str, Kind)],
    /// Whether an object with another discriminator is read all the same.
    pub open: bool,
}

/// The demanded fields of a record, in the order of their tape words.
#[derive(Debug)]
pub struct Plan {
    /// The name of the record, for messages.
    pub name: &'static str,
    /// The demanded fields.
    pub fields: &'static [Field],
    /// For each hash of a name the field that has it, [`NONE`] or [`SEVERAL`].
    slots: [u8; SLOTS],
}

const SLOTS: usize = 128;
const NONE: u8 = 255;
const SEVERAL: u8 = 254;

impl Plan {
    /// A plan over the demanded fields; their wire names must differ.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        let mut slots = [NONE; SLOTS];
        let mut i = 0;
        while i < fields.len() {
            let slot = slot_of(fields[i].head, fields[i].name.len());
            slots[slot] = if slots[slot] == NONE && i < SEVERAL as usize {
                i as u8
            } else {
                SEVERAL
            };
            i += 1;
        }
        Plan { name, fields, slots }
    }

    /// The field of this wire name. `head` is [`head_of`] the name; `hint` is the field that is likely to be next.
    #[inline(always)]
    pub(crate) fn find(&self, head: u64, key: &[u8], hint: usize) -> Option<usize> {
        if let Some(field) = self.fields.get(hint)
            && field.is(head, key)
        {
            return Some(hint);
        }
        match self.slots[slot_of(head, key.len())] {
            NONE => None,
            SEVERAL => self.fields.iter().position(|field| field.is(head, key)),
            index => self
                .fields
                .get(usize::from(index))
                .filter(|field| field.is(head, key))
                .map(|_| usize::from(index)),
        }
    }
}

/// The upper bits of a product are a good mix of all lower ones.
#[inline(always)]
const fn slot_of(head: u64, length: usize) -> usize {
    (head.wrapping_add(length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOTS.ilog2())) as usize
}

/// One demanded field of a record.
#[derive(Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// What the value must be. A nullable kind may be absent too.
    pub kind: Kind,
    /// What else must hold for the value.
    pub rule: Option<&'static Rule>,
    /// The first eight bytes of the name.
    head: u64,
}

impl Field {
    /// A field without constraints.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Field {
            name,
            kind,
            rule: None,
            head: head_of(name.as_bytes()),
        }
    }

    /// The same field with a constraint on its value; null is not looked at.
    pub const fn with(self, rule: &'static Rule) -> Self {
        Field {
            name: self.name,
            kind: self.kind,
            rule: Some(rule),
            head: self.head,
        }
    }

    #[inline(always)]
    fn is(&self, head: u64, key: &[u8]) -> bool {
        let name = self.name.as_bytes();
        self.head == head && name.len() == key.len() && (name.len() <= 8 || name[8..] == key[8..])
    }
}

/// The first eight bytes of a key as a little-endian number, padded with zeros.
pub(crate) const fn head_of(key: &[u8]) -> u64 {
    let mut head = 0;
    let mut i = 0;
    while i < 8 && i < key.len() {
        head |= (key[i] as u64) << (8 * i);
        i += 1;
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_large_plan_is_found() {
        let name = |index: usize| -> &'static str { Box::leak(format!("field{index}").into_boxed_str()) };
        let fields = Vec::leak((0..600).map(|index| Field::new(name(index), Kind::Int)).collect());
        let plan = Plan::new("Large", fields);
        for (index, field) in plan.fields.iter().enumerate() {
            let key = field.name.as_bytes();
            assert_eq!(plan.find(head_of(key), key, 0), Some(index));
        }
    }

    static PLAN: Plan = Plan::new(
        "Sample",
        &[
            Field::new("id", Kind::Id),
            Field::new("givenName", Kind::Str),
            Field::new("givenNamf", Kind::Str),
        ],
    );

    #[test]
    fn a_key_is_found_by_its_whole_name_whatever_the_hint() {
        for hint in 0..5 {
            for (index, field) in PLAN.fields.iter().enumerate() {
                assert_eq!(
                    PLAN.find(head_of(field.name.as_bytes()), field.name.as_bytes(), hint),
                    Some(index)
                );
            }
            for key in ["", "i", "idx", "givenNam", "givenNamg", "givenNamefoo", "gIvenName"] {
                assert_eq!(PLAN.find(head_of(key.as_bytes()), key.as_bytes(), hint), None, "{key}");
            }
        }
    }
}
