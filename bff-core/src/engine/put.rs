//! What can be written as a JSON value.

use super::fault::Fault;
use super::out::{Decimals, Out};
use super::plan::Kind;
use super::text::Template;
use super::value::{Date, DateTime, Duration, Form, List, Map, Raw, RawJson, Read, Str};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A value that can be written as JSON.
pub trait Put {
    /// Writes the value where the next one goes.
    fn put(&self, out: &mut Out);
}

impl<T: Put + ?Sized> Put for &T {
    fn put(&self, out: &mut Out) {
        (**self).put(out);
    }
}

impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut Out) {
        match self {
            Some(value) => value.put(out),
            None => out.null(),
        }
    }
}

impl Put for Str<'_> {
    fn put(&self, out: &mut Out) {
        out.string(*self);
    }
}

macro_rules! put_text {
    ($($t:ty),*) => { $(
        impl Put for $t {
            fn put(&self, out: &mut Out) {
                let text: &str = self;
                out.string(text.into());
            }
        }
    )* };
}
put_text!(str, String, Cow<'_, str>);

macro_rules! put_display {
    ($($t:ty),*) => { $(
        impl Put for $t {
            fn put(&self, out: &mut Out) {
                out.string((&self.to_string()).into());
            }
        }
    )* };
}
put_display!(Date, DateTime, Duration);

impl Put for Template<'_> {
    fn put(&self, out: &mut Out) {
        out.template(*self);
    }
}

/// What is only ever null.
impl Put for () {
    fn put(&self, out: &mut Out) {
        out.null();
    }
}

impl Put for bool {
    fn put(&self, out: &mut Out) {
        out.scalar(if *self { b"true" } else { b"false" });
    }
}

impl Put for i64 {
    fn put(&self, out: &mut Out) {
        out.scalar(itoa::Buffer::new().format(*self).as_bytes());
    }
}

impl Put for f64 {
    fn put(&self, out: &mut Out) {
        match self.is_finite() {
            true => out.scalar(zmij::Buffer::new().format_finite(*self).as_bytes()),
            false => {
                out.fail(Fault::ARITHMETIC);
                out.null();
            }
        }
    }
}

impl Put for Decimal {
    fn put(&self, out: &mut Out) {
        put_decimal(&self.to_string(), out);
    }
}

/// Writes the text of a decimal that has no exponent.
fn put_decimal(text: &str, out: &mut Out) {
    match out.decimals() {
        Decimals::Text => out.string(text.into()),
        Decimals::Number => out.scalar(text.as_bytes()),
    }
}

impl<'a, T: Read<'a>> Put for Raw<'a, T> {
    fn put(&self, out: &mut Out) {
        match (Raw::<'a, T>::KIND, self.octets()) {
            (Kind::Decimal, (text, _)) => match self.decimal() {
                Some(decimal) => decimal.put(out),
                None => put_decimal(text, out),
            },
            (Kind::Int | Kind::Float | Kind::Bool, (text, Form::Plain | Form::Number | Form::Rust)) => {
                out.scalar(text.as_bytes());
            }
            _ => out.string(self.text()),
        }
    }
}

impl Put for RawJson<'_> {
    fn put(&self, out: &mut Out) {
        out.scalar(self.text().as_bytes());
    }
}

impl<T: Put> Put for [T] {
    fn put(&self, out: &mut Out) {
        out.array();
        for item in self {
            item.put(out);
        }
        out.end_array();
    }
}

impl<T: Put> Put for Vec<T> {
    fn put(&self, out: &mut Out) {
        self.as_slice().put(out);
    }
}

impl<T: Put, const N: usize> Put for [T; N] {
    fn put(&self, out: &mut Out) {
        self.as_slice().put(out);
    }
}

impl<'a, T: Read<'a>> Put for List<'a, T>
where
    T::Out: Put,
{
    fn put(&self, out: &mut Out) {
        out.array();
        for item in self.iter() {
            item.put(out);
        }
        out.end_array();
    }
}

impl<'a, T: Read<'a>, K: Read<'a>> Put for Map<'a, T, K>
where
    T::Out: Put,
{
    fn put(&self, out: &mut Out) {
        out.object();
        for (key, value) in self.iter() {
            out.key_of(key);
            value.put(out);
        }
        out.end_object();
    }
}
