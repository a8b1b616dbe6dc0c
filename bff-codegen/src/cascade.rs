//! Leaves out what one mistake causes: once a statement was read by guessing what was meant, what checking says about it, or
//! about a name that it mentions, says nothing of the user's.

use crate::diagnostic::{Diagnostic, Sink};
use crate::model::files::Files;
use crate::source::Sources;
use crate::syntax::ast::Damage;

/// Rules over a whole declaration, which a part that is missing breaks: nobody reads, nobody answers.
const WHOLE: [&str; 3] = ["E0405", "E0408", "W0309"];

/// A name that is not known.
const UNKNOWN: [&str; 2] = ["E0201", "E0202"];

/// What was found when reading, and what was found when checking and has a cause of its own.
pub(crate) fn without(read: Sink, checked: Sink, files: &Files, sources: &Sources) -> Vec<Diagnostic> {
    let damaged: Vec<Damage> = files.specs.iter().flat_map(|(_, spec)| spec.damaged.clone()).collect();
    let read = read.finish();
    let checked = checked.finish();
    let of_its_own = checked.iter().filter(|found| {
        let guessed = damaged.iter().any(|damage| is_caused_by(*damage, found, sources));
        let told = read.iter().any(|other| other.span() == found.span());
        !guessed && !told && !checked.iter().any(|other| is_same_mistake(found, other, sources))
    });
    let mut all = Sink::new();
    for found in of_its_own.chain(&read) {
        all.push(found.clone());
    }
    all.finish()
}

fn is_caused_by(damage: Damage, found: &Diagnostic, sources: &Sources) -> bool {
    let span = found.span();
    if span.file != damage.whole.file {
        return false;
    }
    damage.part.start <= span.start && span.start <= damage.part.end
        || damage.whole.contains(span) && WHOLE.contains(&found.code)
        || UNKNOWN.contains(&found.code) && mentions(sources.text(damage.part), sources.text(span))
}

/// Whether a text has a name as a word.
fn mentions(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| word == name)
}

/// Whether another diagnostic says the same with more: that an entry stands twice says more than that one of the two reads nothing,
/// and a name that nobody uses is the one that somebody has written wrongly.
fn is_same_mistake(found: &Diagnostic, other: &Diagnostic, sources: &Sources) -> bool {
    let twice = other.code == "E0305" && found.code != "E0305" && found.span() == other.span();
    let meant = || format!("`{}`", sources.text(found.span()));
    let misspelt = found.code == "E0405"
        && other.code == "E0201"
        && found.span().file == other.span().file
        && other.help.as_ref().is_some_and(|help| help.contains(&meant()));
    twice || misspelt
}
