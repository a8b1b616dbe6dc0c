//! What the dashboard draws without a picture.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A bar for each point, the largest one full; nothing without points or where all are zero or below.
#[bff_core::function]
pub(crate) fn sparkline(points: &[f64]) -> Option<String> {
    let most = points.iter().copied().reduce(f64::max).filter(|most| *most > 0.0)?;
    let bar = |point: &f64| {
        let height = (point / most * 8.0).ceil().clamp(1.0, 8.0);
        BARS[height as usize - 1]
    };
    Some(points.iter().map(bar).collect())
}

#[cfg(test)]
mod tests {
    use super::sparkline;

    #[test]
    fn bars_are_relative_to_the_largest() {
        assert_eq!(sparkline(&[1.0, 4.0, 8.0, 0.0, -3.0]).as_deref(), Some("▁▄█▁▁"));
        assert_eq!(sparkline(&[]), None);
        assert_eq!(sparkline(&[0.0]), None);
    }
}
