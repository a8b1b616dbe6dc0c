//! The plan of a route as a picture: time runs to the right, one bar per call, lines for what waits for what.

use std::fmt::Write as _;

use bff_codegen::plan::{Node, NodeKind, Plan};

/// Width of the picture, and of the part of it that names the rows.
const WIDTH: u64 = 1000;
const NAMES: u64 = 320;
/// Right of the time line there is room for a label.
const MARGIN: u64 = 90;
/// Above the rows stand the title and the scale.
const TOP: u64 = 84;
const ROW: u64 = 40;
const BAR: u64 = 18;

/// A call that the route cannot do without, one that it can, one that changes something.
const REQUIRED: &str = "#0969da";
const OPTIONAL: &str = "#4096ec";
const EFFECT: &str = "#bc4c00";

/// Draws a plan.
pub(super) fn draw(plan: &Plan) -> String {
    let height = TOP + ROW * plan.nodes.len() as u64 + 48;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    text(&mut out, 20, 28, "font-weight=\"bold\" font-size=\"16\"", &plan.route);
    text(&mut out, 20, 48, "fill=\"#57606a\"", &summary(plan));
    let scale = Scale::of(plan);
    scale.draw(&mut out, height);
    // Lines first, so that bars lie over them.
    for (row, node) in plan.nodes.iter().enumerate() {
        for before in &node.waits_for {
            line(&mut out, plan, &scale, *before, row);
        }
    }
    for (row, node) in plan.nodes.iter().enumerate() {
        self::row(&mut out, &scale, node, row, plan.critical.contains(&row));
    }
    legend(&mut out, height - 16);
    out.push_str("</svg>\n");
    out
}

fn legend(out: &mut String, y: u64) {
    let kinds = [
        (REQUIRED, "required"),
        (OPTIONAL, "has a fallback"),
        (EFFECT, "changes state"),
    ];
    let mut x = NAMES;
    for (color, name) in kinds {
        let top = y - 10;
        let _ = writeln!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"{color}\"/>",
            x + 6,
            top + 6
        );
        text(out, x + 18, y, "fill=\"#57606a\" font-size=\"11\"", name);
        x += 44 + 7 * name.len() as u64;
    }
}

fn summary(plan: &Plan) -> String {
    let deadline = plan.deadline.millis.map_or(String::new(), |it| format!(" of {it}ms"));
    format!(
        "{}:{}   at worst {}ms{deadline}, {} of {} upstream requests",
        plan.at.0, plan.at.1, plan.worst_time, plan.worst_requests, plan.max_requests
    )
}

/// From milliseconds to places.
struct Scale {
    deadline: Option<u64>,
    end: u64,
}

impl Scale {
    fn of(plan: &Plan) -> Self {
        let deadline = plan.deadline.millis;
        Scale {
            deadline,
            end: plan.worst_time.max(deadline.unwrap_or(0)).max(1),
        }
    }

    fn x(&self, millis: u64) -> u64 {
        NAMES + millis.min(self.end) * (WIDTH - NAMES - MARGIN) / self.end
    }

    /// Lines at round times, and the deadline.
    fn draw(&self, out: &mut String, height: u64) {
        let step = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 60_000];
        let step = step.into_iter().find(|step| self.end / step <= 8).unwrap_or(self.end);
        for millis in (0..=self.end).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
            let x = self.x(millis);
            let bottom = height - 40;
            let _ = writeln!(
                out,
                "<line x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#eaeef2\"/>"
            );
            text(
                out,
                x,
                TOP - 6,
                "fill=\"#8c959f\" font-size=\"11\" text-anchor=\"middle\"",
                &format!("{millis}"),
            );
        }
        if let Some(deadline) = self.deadline {
            let (x, bottom) = (self.x(deadline), height - 40);
            let _ = writeln!(
                out,
                "<line x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#cf222e\" stroke-dasharray=\"4 3\"/>"
            );
            text(
                out,
                x,
                TOP - 20,
                "fill=\"#cf222e\" font-size=\"11\" text-anchor=\"middle\"",
                "deadline",
            );
        }
    }
}

fn middle(row: usize) -> u64 {
    TOP + ROW * row as u64 + ROW / 2
}

/// From the end of what is waited for down, then along the row of what waits: that is how long it does nothing.
fn line(out: &mut String, plan: &Plan, scale: &Scale, before: usize, row: usize) {
    let (x1, y1) = (scale.x(plan.nodes[before].ends), middle(before));
    let (x2, y2) = (scale.x(plan.nodes[row].starts), middle(row));
    let on_way = plan.critical.windows(2).any(|pair| pair == [before, row]);
    let stroke = if on_way {
        "#cf222e\" stroke-width=\"1.5"
    } else {
        "#afb8c1"
    };
    let _ = writeln!(
        out,
        "<path d=\"M{x1} {y1} V{y2} H{x2}\" fill=\"none\" stroke=\"{stroke}\"/>"
    );
}

fn row(out: &mut String, scale: &Scale, node: &Node, row: usize, critical: bool) {
    let y = middle(row);
    let weight = if critical { "font-weight=\"bold\"" } else { "" };
    match &node.kind {
        NodeKind::Guard => {
            text(
                out,
                20,
                y + 4,
                "fill=\"#57606a\"",
                &format!("guard {}", short(&node.name, 34)),
            );
            let x = scale.x(node.ends);
            let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"#8250df\"/>");
        }
        NodeKind::Reply => {
            text(out, 20, y + 4, weight, &format!("respond {}", node.name));
            let x = scale.x(node.ends);
            let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" fill=\"#1a7f37\"/>");
            text(out, x + 12, y + 4, weight, &format!("{}ms", node.ends));
        }
        NodeKind::Call(call) => {
            text(out, 20, y - 1, weight, &short(&node.name, 36));
            text(
                out,
                20,
                y + 13,
                "fill=\"#57606a\" font-size=\"11\"",
                &short(&call.operation, 42),
            );
            bar(out, scale, node, y, color(call.effect, !call.arms.is_empty()));
        }
    }
}

fn color(effect: bool, has_arms: bool) -> &'static str {
    match (effect, has_arms) {
        (true, _) => EFFECT,
        (false, false) => REQUIRED,
        (false, true) => OPTIONAL,
    }
}

fn bar(out: &mut String, scale: &Scale, node: &Node, y: u64, color: &str) {
    let (x, end) = (scale.x(node.starts), scale.x(node.ends));
    let width = (end - x).max(3);
    let top = y - BAR / 2;
    let title = escape(&title(node));
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\" rx=\"3\" fill=\"{color}\"><title>{title}</title></rect>"
    );
    let time = format!("{}ms", node.ends - node.starts);
    if width > 60 {
        text(
            out,
            x + width - 6,
            y + 4,
            "fill=\"#ffffff\" font-size=\"11\" text-anchor=\"end\"",
            &time,
        );
    } else {
        text(out, x + width + 6, y + 4, "fill=\"#57606a\" font-size=\"11\"", &time);
    }
}

/// What a call does and what happens when it fails, shown when the pointer rests on its bar.
fn title(node: &Node) -> String {
    let NodeKind::Call(call) = &node.kind else {
        return node.name.clone();
    };
    let when = call.when.as_ref().map_or(String::new(), |when| format!(" when {when}"));
    let fails = if call.arms.is_empty() {
        "the route fails".to_owned()
    } else {
        call.arms.join("; ")
    };
    format!(
        "{}{when}\nwhen it fails: {fails}\n{}:{}",
        call.target, node.at.0, node.at.1
    )
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn text(out: &mut String, x: u64, y: u64, attributes: &str, content: &str) {
    let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" {attributes}>{}</text>", escape(content));
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
