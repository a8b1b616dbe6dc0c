//! Unions: the discriminator says which record an object is, and may stand behind the fields that it decides about.
//!
//! What stands before it is looked at twice. Objects that lie in each other are noted in one go, so that the time stays linear
//! however deep unions nest.

use super::keys::Keys;
use super::nest::key_text;
use super::scan::{Scanner, deeper};
use super::{Decoder, Malformed, Misfit, Origin, Stop};
use crate::engine::plan::{Kind, UnionPlan};
use crate::engine::value::unescape;
use crate::engine::word;

/// The discriminators of all objects of a piece of the text, for one name of the discriminator.
pub(super) struct Noted {
    on: &'static str,
    /// Where the piece ends.
    end: usize,
    /// Where an object begins, and the word of its discriminator, null where that is no text; in the order of the text.
    tags: Vec<(usize, u64)>,
}

impl Decoder<'_> {
    /// Reads a union. Its word points to the fields of the record and counts the variants before it; of a variant that is not
    /// known the text of the discriminator stands there.
    pub(super) fn union(&mut self, plan: &'static UnionPlan, kind: &'static Kind) -> Result<u64, Stop> {
        if self.scan.peek() != b'{' {
            return Err(self.misfit(Misfit::Kind(kind)));
        }
        let Some(tag) = self.discriminator(plan)? else {
            return Err(self.misfit(Misfit::NoTag(plan)));
        };
        let base = self.stack.len();
        match self.variant(plan, tag) {
            Some((index, Kind::Rec(fields))) => {
                self.record(fields(), kind)?;
                self.settle(base, index)
            }
            Some(_) => Err(self.misfit(Misfit::Kind(kind))),
            None if plan.open && self.origin == Origin::Upstream => {
                self.scan.skip(&mut self.keys, self.depth, false)?;
                self.push_word(tag)?;
                self.settle(base, plan.variants.len())
            }
            None => Err(self.misfit(Misfit::Tag(plan))),
        }
    }

    fn variant(&self, plan: &'static UnionPlan, tag: u64) -> Option<(usize, &'static Kind)> {
        let octets = &self.text[word::range(tag)];
        let text = match word::is_escaped(tag) {
            true => std::borrow::Cow::Owned(unescape(octets)?),
            false => octets.into(),
        };
        let found = plan.variants.iter().enumerate().find(|(_, (name, _))| *name == text);
        found.map(|(index, (_, kind))| (index, kind))
    }

    /// The text of the discriminator of the object at hand, the first if it stands there twice. Goes nowhere.
    fn discriminator(&mut self, plan: &'static UnionPlan) -> Result<Option<u64>, Stop> {
        let mut scan = self.scan;
        let mut keys = Keys::default();
        let depth = deeper(&scan, self.depth)?;
        scan.pos += 1;
        if scan.peek() == b'}' {
            return Ok(None);
        }
        loop {
            let key = scan.key(&mut keys, true)?;
            let is_tag = key_text(self.text, key) == plan.on;
            match scan.peek() {
                b'"' => {
                    let text = scan.string(is_tag)?;
                    if is_tag {
                        return Ok(Some(text));
                    }
                }
                _ if is_tag => return Err(self.misfit(Misfit::Tag(plan))),
                // What lies in it may hold unions of its own, which are not to be looked through again for each level.
                b'{' | b'[' => {
                    return match self.noted(plan.on)? {
                        Some(word::NULL) => Err(self.misfit(Misfit::Tag(plan))),
                        found => Ok(found),
                    };
                }
                _ => scan.skip(&mut keys, depth, false)?,
            }
            if !scan.goes_on(b'}')? {
                return Ok(None);
            }
        }
    }

    fn noted(&mut self, on: &'static str) -> Result<Option<u64>, Stop> {
        let start = self.scan.pos;
        let known = self.noted.iter().position(|noted| noted.on == on);
        let at = match known {
            Some(at) if start < self.noted[at].end => at,
            known => {
                let noted = self.note(on)?;
                let at = known.unwrap_or(self.noted.len());
                match self.noted.get_mut(at) {
                    Some(place) => *place = noted,
                    None => self.noted.push(noted),
                }
                at
            }
        };
        let tags = &self.noted[at].tags;
        let found = tags.binary_search_by_key(&start, |(from, _)| *from).ok();
        Ok(found.map(|index| tags[index].1))
    }

    /// Notes the discriminators of the object at hand and of all in it.
    fn note(&self, on: &'static str) -> Result<Noted, Stop> {
        let mut tags = Vec::new();
        let end = note_value(self.scan, self.depth, (self.text, on), self.limits.words, &mut tags)?;
        tags.sort_unstable();
        Ok(Noted { on, end, tags })
    }
}

/// Goes over a value; gives the position behind it.
fn note_value(
    mut scan: Scanner<'_>,
    depth: u32,
    (text, on): (&str, &'static str),
    most: usize,
    tags: &mut Vec<(usize, u64)>,
) -> Result<usize, Stop> {
    let mut keys = Keys::default();
    let open = scan.peek();
    if open != b'{' && open != b'[' {
        scan.skip(&mut keys, depth, false)?;
        return Ok(scan.pos);
    }
    let (start, close) = (scan.pos, open + 2);
    let depth = deeper(&scan, depth)?;
    scan.pos += 1;
    if scan.peek() == close {
        return Ok(scan.pos + 1);
    }
    let mut tag = None;
    loop {
        let is_tag = open == b'{' && key_text(text, scan.key(&mut keys, true)?) == on;
        if is_tag && tag.is_none() && scan.peek() == b'"' {
            tag = Some(scan.string(true)?);
        } else {
            tag = tag.or(is_tag.then_some(word::NULL));
            scan.pos = note_value(scan, depth, (text, on), most, tags)?;
        }
        if !scan.goes_on(close)? {
            break;
        }
    }
    if let Some(tag) = tag {
        if tags.len() >= most {
            return Err(scan.malformed(Malformed::TooManyValues));
        }
        tags.push((start, tag));
    }
    Ok(scan.pos)
}
