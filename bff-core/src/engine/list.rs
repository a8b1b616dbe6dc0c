//! Kernels of the list methods: what loops of generated code keep while they go through a list, and the maps that they make of one.
//!
//! They work on [`Key`]s and positions, so that they are compiled once, here, whatever the lists hold.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::fault::{At, Eval, Fault, Located};
use super::math::Number;
use super::value::{Date, DateTime, Duration, Id, Map, Read, Str, Url, Uuid};

/// A value that elements are sorted, told apart or looked up by.
#[derive(Debug, Clone, Copy)]
pub enum Key<'a> {
    /// No value.
    Null,
    /// A boolean; false is before true.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float, always finite.
    Float(f64),
    /// A decimal; `1.0` and `1.00` are one key.
    Decimal(Decimal),
    /// Text, ordered by code point.
    Text(Str<'a>),
    /// A calendar date.
    Date(Date),
    /// An instant.
    DateTime(DateTime),
    /// A length of time.
    Duration(Duration),
}

impl Key<'_> {
    /// The order of two values of one type.
    fn compare(&self, other: &Key<'_>) -> Ordering {
        match (self, other) {
            (Key::Bool(a), Key::Bool(b)) => a.cmp(b),
            (Key::Int(a), Key::Int(b)) => a.cmp(b),
            (Key::Float(a), Key::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            (Key::Decimal(a), Key::Decimal(b)) => a.cmp(b),
            (Key::Text(a), Key::Text(b)) => a.cmp(b),
            (Key::Date(a), Key::Date(b)) => a.cmp(b),
            (Key::DateTime(a), Key::DateTime(b)) => a.cmp(b),
            (Key::Duration(a), Key::Duration(b)) => a.cmp(b),
            (a, b) => a.kind().cmp(&b.kind()),
        }
    }

    fn kind(&self) -> u8 {
        match self {
            Key::Null => 0,
            Key::Bool(_) => 1,
            Key::Int(_) => 2,
            Key::Float(_) => 3,
            Key::Decimal(_) => 4,
            Key::Text(_) => 5,
            Key::Date(_) => 6,
            Key::DateTime(_) => 7,
            Key::Duration(_) => 8,
        }
    }
}

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Key<'_>) -> bool {
        self.compare(other) == Ordering::Equal
    }
}

/// Floats are finite, so that every key equals itself.
impl Eq for Key<'_> {}

impl Hash for Key<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Key::Null => {}
            Key::Bool(value) => value.hash(state),
            Key::Int(value) => value.hash(state),
            // Both zeros are equal.
            Key::Float(value) => (value + 0.0).to_bits().hash(state),
            Key::Decimal(value) => value.hash(state),
            Key::Text(value) => value.hash(state),
            Key::Date(value) => value.hash(state),
            Key::DateTime(value) => value.hash(state),
            Key::Duration(value) => value.hash(state),
        }
    }
}

macro_rules! keys {
    ($($t:ty => $kind:ident),* $(,)?) => { $(
        impl<'a> From<$t> for Key<'a> {
            fn from(value: $t) -> Self {
                Key::$kind(value)
            }
        }
    )* };
}

keys! {
    bool => Bool, i64 => Int, f64 => Float, Decimal => Decimal, Str<'a> => Text, Date => Date, DateTime => DateTime,
    Duration => Duration,
}

impl<'a, T: Into<Key<'a>>> From<Option<T>> for Key<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Key::Null, Into::into)
    }
}

/// A type of keys, which are text in a document.
pub trait OfText<'a>: Read<'a> {
    /// The key that a text means; the decoder has checked that it means one.
    fn of_text(text: Str<'a>) -> Self::Out;
}

macro_rules! texts_as_keys {
    ($($t:ident),*) => { $(
        impl<'a> OfText<'a> for $t<'a> {
            fn of_text(text: Str<'a>) -> Str<'a> {
                text
            }
        }
    )* };
}
texts_as_keys!(Str, Id, Uuid, Url);

impl<'a> OfText<'a> for i64 {
    fn of_text(text: Str<'a>) -> i64 {
        super::ops::read_int(text).unwrap_or_default()
    }
}

impl<'a> OfText<'a> for Date {
    fn of_text(text: Str<'a>) -> Date {
        Date::lit(&text.text())
    }
}

/// The entries of a map of a document, their keys as what they mean.
pub fn entries<'a, T: Read<'a>, K: OfText<'a>>(map: Map<'a, T, K>) -> impl Iterator<Item = (K::Out, T::Out)> {
    map.iter().map(|(key, value)| (K::of_text(key), value))
}

/// What `unique` has met so far.
#[derive(Debug, Default)]
pub struct Seen<'a>(HashSet<Key<'a>>);

impl<'a> Seen<'a> {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the key is met for the first time.
    pub fn insert(&mut self, key: impl Into<Key<'a>>) -> bool {
        self.0.insert(key.into())
    }
}

/// The keys of the rows that `sort` puts in order: equal rows stay as they are, null is last in both directions.
#[derive(Debug)]
pub struct Order<'a> {
    /// For each key of a row, whether large ones come first.
    descending: &'static [bool],
    keys: Vec<Key<'a>>,
}

impl<'a> Order<'a> {
    /// No rows yet; each will have as many keys as there are directions.
    pub const fn new(descending: &'static [bool]) -> Self {
        let keys = Vec::new();
        Order { descending, keys }
    }

    /// Adds the next key of the row at hand.
    pub fn key(&mut self, key: impl Into<Key<'a>>) {
        self.keys.push(key.into());
    }

    /// Puts the rows in order whose keys these are. Takes time in `n log n` of their number.
    pub fn sort<T>(self, rows: &mut [T]) {
        let mut target = self.targets(rows.len());
        for at in 0..target.len() {
            while target[at] != at {
                let to = target[at];
                rows.swap(at, to);
                target.swap(at, to);
            }
        }
    }

    /// Where each row goes.
    fn targets(&self, rows: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..rows).collect();
        order.sort_by(|a, b| self.compare(*a, *b));
        let mut target = vec![0; rows];
        for (to, from) in order.into_iter().enumerate() {
            target[from] = to;
        }
        target
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let width = self.descending.len();
        let row = |at: usize| self.keys.get(at * width..(at + 1) * width).unwrap_or_default();
        let keys = row(a).iter().zip(row(b)).zip(self.descending);
        keys.map(|((a, b), descending)| match (a, b) {
            (Key::Null, Key::Null) => Ordering::Equal,
            (Key::Null, _) => Ordering::Greater,
            (_, Key::Null) => Ordering::Less,
            _ if *descending => b.compare(a),
            _ => a.compare(b),
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
    }
}

/// A map that is computed: its entries in the order in which their keys first came, found by hash.
#[derive(Debug, Clone)]
pub struct Index<'a, K, V> {
    places: HashMap<Key<'a>, usize>,
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Index<'_, K, V> {
    fn default() -> Self {
        Index {
            places: HashMap::new(),
            entries: Vec::new(),
        }
    }
}

impl<'a, K: Copy + Into<Key<'a>>, V> Index<'a, K, V> {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// A map of entries that have keys of their own.
    pub fn of(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.set(key, value);
        }
        map
    }

    /// Puts a value under a key; the last one stays.
    pub fn set(&mut self, key: K, value: V) {
        match place(&mut self.places, key.into(), self.entries.len()) {
            Some(there) => self.entries[there].1 = value,
            None => self.entries.push((key, value)),
        }
    }

    /// The value under a key.
    pub fn get(&self, key: K) -> Option<&V> {
        let place = *self.places.get(&key.into())?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// The value under a key, copied.
    pub fn copied(&self, key: K) -> Option<V>
    where
        V: Copy,
    {
        self.get(key).copied()
    }

    /// The entries in the order in which their keys first came.
    pub fn entries(&self) -> &[(K, V)] {
        &self.entries
    }

    /// The same, without the map.
    pub fn into_entries(self) -> Vec<(K, V)> {
        self.entries
    }

    /// How many entries the map has.
    pub fn count(&self) -> i64 {
        self.entries.len() as i64
    }
}

impl<'a, K: Copy + Into<Key<'a>>, V> Index<'a, K, Vec<V>> {
    /// Adds a value to those under a key.
    pub fn add(&mut self, key: K, value: V) {
        match place(&mut self.places, key.into(), self.entries.len()) {
            Some(there) => self.entries[there].1.push(value),
            None => self.entries.push((key, vec![value])),
        }
    }
}

/// The place of a key; none if it is new, which has the place `next` from now on.
fn place<'a>(places: &mut HashMap<Key<'a>, usize>, key: Key<'a>, next: usize) -> Option<usize> {
    let there = *places.entry(key).or_insert(next);
    (there != next).then_some(there)
}

/// `list[i]` of the language: nothing for an index outside, negative ones included.
pub fn at<T: Clone>(list: &[T], index: i64) -> Option<T> {
    list.get(usize::try_from(index).ok()?).cloned()
}

/// The lesser of both; the first of equal ones.
pub fn least<T: PartialOrd>(best: Option<T>, next: T) -> Option<T> {
    match best {
        Some(best) if next < best => Some(next),
        Some(best) => Some(best),
        None => Some(next),
    }
}

/// The greater of both; the first of equal ones.
pub fn greatest<T: PartialOrd>(best: Option<T>, next: T) -> Option<T> {
    match best {
        Some(best) if next > best => Some(next),
        Some(best) => Some(best),
        None => Some(next),
    }
}

/// A number that `avg` takes.
pub trait Averaged: Sized {
    /// What they are added up in.
    type Total: Default + Copy;
    /// What their average is.
    type Average;
    /// Adds one.
    fn add_to(self, total: Self::Total) -> Eval<Self::Total>;
    /// The average of so many, at least one.
    fn average(total: Self::Total, count: i64) -> Eval<Self::Average>;
}

/// Integers are added up exactly: 2^64 of the largest fit.
impl Averaged for i64 {
    type Total = i128;
    type Average = f64;
    fn add_to(self, total: i128) -> Eval<i128> {
        Ok(total + i128::from(self))
    }
    fn average(total: i128, count: i64) -> Eval<f64> {
        Ok(total as f64 / count as f64)
    }
}

macro_rules! averaged {
    ($($t:ty),*) => { $(
        impl Averaged for $t {
            type Total = $t;
            type Average = $t;
            fn add_to(self, total: $t) -> Eval<$t> {
                Number::add(total, self)
            }
            fn average(total: $t, count: i64) -> Eval<$t> {
                let count = <i64 as Averaging<$t>>::number(count);
                Number::div(total, count)?.ok_or(Fault::internal("an average of nothing"))
            }
        }
    )* };
}
averaged!(f64, Decimal);

/// A count as a number of another type.
trait Averaging<T> {
    fn number(self) -> T;
}

impl Averaging<f64> for i64 {
    fn number(self) -> f64 {
        self as f64
    }
}

impl Averaging<Decimal> for i64 {
    fn number(self) -> Decimal {
        self.into()
    }
}

/// An average while it is added up.
#[derive(Debug, Clone, Copy)]
pub struct Mean<T: Averaged> {
    total: T::Total,
    count: i64,
}

impl<T: Averaged> Default for Mean<T> {
    fn default() -> Self {
        Mean {
            total: T::Total::default(),
            count: 0,
        }
    }
}

impl<T: Averaged> Mean<T> {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a number.
    ///
    /// # Errors
    /// [`Fault::ARITHMETIC`] where the sum of decimals or floats is out of range.
    pub fn add(&mut self, value: T, at: At) -> Eval {
        self.total = value.add_to(self.total).at(at)?;
        self.count += 1;
        Ok(())
    }

    /// The average; of nothing there is none.
    ///
    /// # Errors
    /// As [`Mean::add`].
    pub fn value(self, at: At) -> Eval<Option<T::Average>> {
        match self.count {
            0 => Ok(None),
            count => T::average(self.total, count).at(at).map(Some),
        }
    }
}

/// A `let` that can fail: computed when it is read first, and once.
#[derive(Debug)]
pub struct Once<T>(OnceLock<Eval<T>>);

impl<T> Once<T> {
    /// Not computed yet.
    pub const fn new() -> Self {
        Once(OnceLock::new())
    }

    /// The value, computed now if it was not.
    ///
    /// # Errors
    /// The fault of `make`, every time.
    pub fn get(&self, make: impl FnOnce() -> Eval<T>) -> Eval<&T> {
        self.0.get_or_init(make).as_ref().map_err(Clone::clone)
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
