//! What one function of generated code computes and lends: texts and documents that live as long as its scratch.

use super::arena::Arena;
use super::decode::Limits;
use super::doc::Doc;
use super::fault::{At, Cause, Eval, Fault, Located};
use super::locale;
use super::out::Out;
use super::text::{self, Locale, Piece, Template};
use rust_decimal::Decimal;

use super::value::{Date, DateTime, RawJson, Read, Str, View};

/// Keeps computed values for the time of one function, so that they can be `Copy` views like all others.
#[derive(Debug, Default)]
pub struct Scratch {
    docs: Arena,
}

impl Scratch {
    /// An empty scratch.
    pub fn new() -> Self {
        Self::default()
    }

    /// The text of a template.
    ///
    /// # Errors
    /// [`Fault::TEMPLATE_TOO_LONG`] above 64 KB.
    pub fn text(&self, template: Template<'_>, at: At) -> Eval<Str<'_>> {
        template.to_text().at(at).map(|text| self.keep(text))
    }

    /// `upper` of the language.
    pub fn upper(&self, text: Str<'_>) -> Str<'_> {
        self.keep(text::upper(text))
    }

    /// `lower` of the language.
    pub fn lower(&self, text: Str<'_>) -> Str<'_> {
        self.keep(text::lower(text))
    }

    /// `trim` of the language.
    pub fn trim(&self, text: Str<'_>) -> Str<'_> {
        self.keep(text::trim(text))
    }

    /// `replace` of the language.
    pub fn replace(&self, text: Str<'_>, from: Str<'_>, to: Str<'_>) -> Str<'_> {
        self.keep(text::replace(text, from, to))
    }

    /// `sha256` of the language.
    pub fn sha256(&self, text: Str<'_>) -> Str<'_> {
        self.keep(text::sha256(text))
    }

    /// `mask` of the language.
    pub fn mask(&self, text: Str<'_>, mask: text::Mask) -> Str<'_> {
        self.keep(mask.of(text))
    }

    /// `format` of a date, in the words of the locale with this tag.
    pub fn date(&self, date: Date, pieces: &[Piece], locales: &[Locale], tag: Str<'_>) -> Str<'_> {
        self.keep(match locale::locale(locales, &tag.text()) {
            Some(locale) => locale::date(date, pieces, locale),
            None => date.to_string(),
        })
    }

    /// `format` of an instant, in the words of the locale with this tag, as clocks of the zone show it.
    pub fn date_time(
        &self,
        at: DateTime,
        pieces: &[Piece],
        locales: &[Locale],
        tag: Str<'_>,
        zone: Str<'_>,
    ) -> Str<'_> {
        self.keep(match locale::locale(locales, &tag.text()) {
            Some(locale) => locale::date_time(at, pieces, locale, &zone.text()),
            None => at.to_string(),
        })
    }

    /// `money` of the language: the amount in the words of the locale with this tag.
    pub fn money(&self, amount: Decimal, currency: Str<'_>, locales: &[Locale], tag: Str<'_>) -> Str<'_> {
        self.keep(match locale::locale(locales, &tag.text()) {
            Some(locale) => locale::money(amount, &currency.text(), locale),
            None => format!("{amount} {currency}"),
        })
    }

    /// `split` of the language.
    pub fn split(&self, text: Str<'_>, by: Str<'_>) -> Vec<Str<'_>> {
        text::split(text, by).into_iter().map(|part| self.keep(part)).collect()
    }

    /// `join` of the language.
    pub fn join(&self, by: Str<'_>, parts: &[Str<'_>]) -> Str<'_> {
        self.keep(text::join(parts, by))
    }

    /// A text that Rust code made.
    pub fn keep(&self, text: String) -> Str<'_> {
        Str::from(self.docs.keep(Doc::of_text(text)).body())
    }

    /// A text as Rust code takes it: unescaped.
    pub fn lend<'a>(&'a self, text: Str<'a>) -> &'a str {
        match text.text() {
            std::borrow::Cow::Borrowed(text) => text,
            std::borrow::Cow::Owned(text) => self.docs.keep(Doc::of_text(text)).body(),
        }
    }

    /// What was written, as a JSON value.
    ///
    /// # Errors
    /// The fault of the writing.
    pub fn json(&self, out: Out) -> Eval<RawJson<'_>> {
        let text = String::from_utf8(out.finish()?).map_err(|_| Fault::internal("the writer wrote no UTF-8"))?;
        Ok(RawJson::trusted(self.docs.keep(Doc::of_text(text)).body()))
    }

    /// What was written, read as a `T`.
    ///
    /// # Errors
    /// The fault of the writing; [`Cause::Misfit`] when what was written does not fit `T`.
    pub fn decode<T: View>(&self, out: Out, at: At) -> Eval<<T::At<'_> as Read<'_>>::Out> {
        let body = out.finish().at(at)?;
        let doc = Doc::decode(
            body,
            const { &<T::At<'static> as Read<'static>>::KIND },
            Limits::DEFAULT,
        )
        .map_err(|error| Fault {
            cause: Cause::Misfit(Box::new(error)),
            at: Some(at),
        })?;
        Ok(self.docs.keep(doc).read::<T::At<'_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::value::List;
    use crate::t;

    const HERE: At = At("a.bff", 1);

    #[test]
    fn computed_values_are_views_like_all_others() {
        let scratch = Scratch::new();
        let name = scratch.text(t!["a-", 1], HERE).expect("short");
        assert_eq!((scratch.upper(name), name), ("A-1".into(), "a-1".into()));
        assert_eq!(
            scratch.join(",".into(), &scratch.split("a b".into(), " ".into())),
            "a,b"
        );
        let mut out = Out::new();
        out.value([name, name]);
        let list = scratch
            .decode::<List<'static, Str<'static>>>(out, HERE)
            .expect("a list");
        assert_eq!(list.count(), 2);
        let mut out = Out::new();
        out.value(1);
        assert_eq!(scratch.json(out).map(|it| it.text()), Ok("1"));
        let mut out = Out::new();
        out.value("x");
        assert!(matches!(
            scratch.decode::<i64>(out, HERE),
            Err(Fault {
                cause: Cause::Misfit(_),
                at: Some(HERE)
            })
        ));
    }
}
