use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::authorization_server::Seen;
use crate::report::Report;

const SIZE: (u32, u32) = (1000, 500);

/// Draws the busiest second of each minute, of both days.
pub(crate) fn draw(report: &Report, path: &Path) -> Result<()> {
    let lines = [("naive", by_minute(&report.naive), RED), ("grantkit", by_minute(&report.grantkit), BLUE)];
    let highest = lines.iter().flat_map(|(_, line, _)| line).copied().max().unwrap_or_default();
    let sheet = SVGBackend::new(path, SIZE).into_drawing_area();
    sheet.fill(&WHITE).map_err(failed)?;
    let mut chart = ChartBuilder::on(&sheet)
        .caption("token requests a second, the busiest of each minute", ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(60)
        .build_cartesian_2d(0.0..24.0, (1..highest * 2 + 1).log_scale())
        .map_err(failed)?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc("hour of the day")
        .x_labels(13)
        .x_label_formatter(&|hour| format!("{hour:.0}"))
        .draw()
        .map_err(failed)?;
    for (name, line, colour) in lines {
        let points = line.into_iter().zip(0_u16..).map(|(peak, minute)| (f64::from(minute) / 60.0, peak.max(1)));
        chart
            .draw_series(LineSeries::new(points, colour.stroke_width(1)))
            .map_err(failed)?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour));
    }
    chart.configure_series_labels().background_style(WHITE).border_style(BLACK).draw().map_err(failed)?;
    sheet.present().map_err(failed)
}

fn by_minute(seen: &Seen) -> Vec<u32> {
    let refused = seen.refused.peaks_by_minute();
    seen.answered.peaks_by_minute().into_iter().zip(refused).map(|(answered, refused)| answered.max(refused)).collect()
}

fn failed(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("{error}")
}
