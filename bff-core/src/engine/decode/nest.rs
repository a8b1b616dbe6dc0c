//! Records, lists and maps: what they demand goes to the tape, elements side by side.

use super::scan::deeper;
use super::{Decoder, Malformed, Misfit, Stop, check};
use crate::engine::plan::{Field, Kind, Plan, head_of};
use crate::engine::rule::Rule;
use crate::engine::value::unescape;
use crate::engine::{swar, word};
use std::borrow::Cow;
use std::collections::HashMap;

impl Decoder<'_> {
    /// Reads the fields of an object onto the stack, one word each, in the order of the plan.
    pub(super) fn record(&mut self, plan: &'static Plan, kind: &'static Kind) -> Result<(), Stop> {
        let base = self.stack.len();
        if self.opens(b'{', kind)? {
            self.push_absent(plan.fields.len())?;
            self.fields(plan, base)?;
        } else {
            self.push_absent(plan.fields.len())?;
        }
        self.complete(plan, base)
    }

    /// Enters an array or object; whether it has anything inside.
    #[inline]
    fn opens(&mut self, open: u8, kind: &'static Kind) -> Result<bool, Stop> {
        if self.scan.peek() != open {
            return Err(self.misfit(Misfit::Kind(kind)));
        }
        self.depth = deeper(&self.scan, self.depth)?;
        self.scan.pos += 1;
        // `}` and `]` lie two above `{` and `[` in ASCII.
        let empty = self.scan.peek() == open + 2;
        if empty {
            self.scan.pos += 1;
            self.depth -= 1;
        }
        if open == b'{' && self.collected.is_some() && matches!(kind.inner(), Kind::Rec(_) | Kind::Union(_)) {
            self.collect_record();
        }
        Ok(!empty)
    }

    /// The hot loop: keys are compared, what is not demanded is skipped without leaving it.
    fn fields(&mut self, plan: &'static Plan, base: usize) -> Result<(), Stop> {
        let mut scan = self.scan;
        let depth = self.depth;
        let mut hint = 0;
        loop {
            let key = scan.key(&mut self.keys, true)?;
            match find(self.text, plan, key, hint) {
                Some(index) => {
                    self.scan = scan;
                    let word = self.member(&plan.fields[index], index)?;
                    scan = self.scan;
                    self.stack[base + index] = word;
                    hint = index + 1;
                }
                None => scan.skip(&mut self.keys, depth, false)?,
            }
            if !scan.goes_on(b'}')? {
                break;
            }
        }
        self.scan = scan;
        self.depth -= 1;
        Ok(())
    }

    #[inline]
    fn member(&mut self, field: &'static Field, index: usize) -> Result<u64, Stop> {
        if self.collected.is_some() {
            return self.collect_member(field, index);
        }
        self.checked(&field.kind, field.rule)
    }

    #[inline]
    pub(super) fn push_absent(&mut self, count: usize) -> Result<(), Stop> {
        if self.tape.len() + self.stack.len() + count > self.limits.words {
            return Err(self.scan.malformed(Malformed::TooManyValues));
        }
        self.stack.resize(self.stack.len() + count, word::ABSENT);
        Ok(())
    }

    /// Refuses a record that lacks a field it must have.
    #[inline]
    fn complete(&mut self, plan: &'static Plan, base: usize) -> Result<(), Stop> {
        if self.collected.is_some() {
            return self.collect_missing(plan, base);
        }
        let missing = |(word, field): (&u64, &Field)| *word == word::ABSENT && !field.kind.is_nullable();
        if self.stack[base..].iter().zip(plan.fields).any(missing) {
            return Err(self.misfit(Misfit::Missing));
        }
        Ok(())
    }

    pub(super) fn list(
        &mut self,
        kind: &'static Kind,
        element: &'static Kind,
        each: Option<&'static Rule>,
    ) -> Result<u64, Stop> {
        let base = self.stack.len();
        let mut count = 0;
        if self.opens(b'[', kind)? {
            let list = self.keys.open_list();
            loop {
                if self.collected.is_some() {
                    self.collect_element(element, each, count)?;
                } else {
                    self.element(element, each)?;
                }
                count += 1;
                if !self.scan.goes_on(b']')? {
                    break;
                }
                self.keys.element(list);
            }
            self.keys.close_list(list);
            self.depth -= 1;
        }
        self.settle(base, count)
    }

    pub(super) fn map(
        &mut self,
        kind: &'static Kind,
        (key, value): (&'static Kind, &'static Kind),
        rule: Option<&'static Rule>,
    ) -> Result<u64, Stop> {
        let (of_keys, each) = (rule.and_then(Rule::of_keys), rule.and_then(Rule::element));
        let base = self.stack.len();
        if self.opens(b'{', kind)? {
            loop {
                let word = self.scan.key(&mut self.keys, true)?;
                if self.collected.is_some() {
                    self.collect_entry((word, key, of_keys), value, each)?;
                } else {
                    self.map_key(word, key, of_keys)?;
                    self.element(value, each)?;
                }
                if !self.scan.goes_on(b'}')? {
                    break;
                }
            }
            self.depth -= 1;
        }
        let count = self.merge_keys(base, 1 + value.stride());
        self.settle(base, count)
    }

    /// Puts the key of a map onto the stack, once it is known to be one.
    pub(super) fn map_key(&mut self, word: u64, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<(), Stop> {
        let octets = &self.text[word::range(word)];
        if !check::key_fits(kind, octets, word::is_escaped(word), self.origin) {
            return Err(self.misfit(Misfit::Kind(kind)));
        }
        if let Some(rule) = rule {
            match self.keeps(rule, kind, word) {
                Err(stop) if self.collect_broken_rule(stop) => {}
                kept => drop(kept?),
            }
        }
        self.push_word(word)
    }

    /// Of entries with one key keeps the last value, at the place of the first.
    fn merge_keys(&mut self, base: usize, stride: usize) -> usize {
        let entries = (self.stack.len() - base) / stride;
        let mut places: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(entries);
        let mut count = 0;
        for entry in 0..entries {
            let from = base + entry * stride;
            let place = *places.entry(key_text(self.text, self.stack[from])).or_insert(count);
            count += usize::from(place == count);
            self.stack.copy_within(from..from + stride, base + place * stride);
        }
        self.stack.truncate(base + count * stride);
        count
    }

    /// Reads one element onto the stack. Records lie there inline, all else is one word.
    #[inline]
    pub(super) fn element(&mut self, kind: &'static Kind, rule: Option<&'static Rule>) -> Result<(), Stop> {
        match kind {
            Kind::Rec(plan) => self.record(plan(), kind),
            _ => {
                let word = self.checked(kind, rule)?;
                self.push_word(word)
            }
        }
    }

    #[inline]
    pub(super) fn push_word(&mut self, word: u64) -> Result<(), Stop> {
        if self.tape.len() + self.stack.len() >= self.limits.words {
            return Err(self.scan.malformed(Malformed::TooManyValues));
        }
        self.stack.push(word);
        Ok(())
    }

    /// Moves the finished values above `base` to the tape and gives the word that points to them.
    pub(super) fn settle(&mut self, base: usize, count: usize) -> Result<u64, Stop> {
        let at = self.tape.len();
        self.tape.extend_from_slice(&self.stack[base..]);
        self.stack.truncate(base);
        Ok(word::at(at, count))
    }
}

pub(super) fn key_text(text: &str, key: u64) -> Cow<'_, str> {
    let octets = &text[word::range(key)];
    match word::is_escaped(key) {
        true => Cow::Owned(unescape(octets).unwrap_or_default()),
        false => Cow::Borrowed(octets),
    }
}

/// The field that a key means.
#[inline(always)]
fn find(text: &str, plan: &'static Plan, key: u64, hint: usize) -> Option<usize> {
    let range = word::range(key);
    if word::is_escaped(key) {
        let text = key_text(text, key);
        return plan.find(head_of(text.as_bytes()), text.as_bytes(), hint);
    }
    let src = text.as_bytes();
    let head = match swar::word(src, range.start) {
        Some(bytes) => bytes & head_mask(range.len()),
        None => head_of(&src[range.clone()]),
    };
    plan.find(head, &src[range], hint)
}

/// Keeps as many of eight bytes as a key has.
#[inline(always)]
fn head_mask(length: usize) -> u64 {
    match length {
        0 => 0,
        1..8 => u64::MAX >> (64 - 8 * length),
        _ => u64::MAX,
    }
}
