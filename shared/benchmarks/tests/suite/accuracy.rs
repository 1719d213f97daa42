//! What is published beside what is exact: no further off than `docs/benchmarks-privacy.md` says.

use benchmarks::Metric;

use crate::draws::Draws;
use crate::figures::errors;

/// From the table there: businesses in the region, of how many releases their figures came out, and what nine of ten average, top 25 and top
/// 10 were nearer than, in percent.
const STATED: [(usize, Metric, usize, [f64; 3]); 12] = [
    (250, Metric::QuoteConversion, 297, [8.2, 5.2, 12.5]),
    (250, Metric::ResponseTime, 296, [27.7, 26.6, 33.3]),
    (250, Metric::NoShowRate, 295, [15.1, 10.1, 14.2]),
    (250, Metric::ReviewScore, 299, [1.1, 0.6, 1.0]),
    (250, Metric::Retention, 296, [3.1, 3.1, 4.5]),
    (250, Metric::RevenuePerTechnician, 297, [7.6, 7.2, 10.1]),
    (1_000, Metric::QuoteConversion, 300, [1.6, 2.3, 3.3]),
    (1_000, Metric::ResponseTime, 300, [16.6, 7.7, 20.0]),
    (1_000, Metric::NoShowRate, 298, [4.9, 1.4, 4.2]),
    (1_000, Metric::ReviewScore, 300, [0.4, 0.4, 0.6]),
    (1_000, Metric::Retention, 299, [1.7, 1.4, 1.7]),
    (1_000, Metric::RevenuePerTechnician, 300, [2.6, 2.3, 3.0]),
];

#[test]
fn published_figures_are_as_near_to_the_exact_ones_as_is_said() {
    for of_size in STATED.chunks(Metric::ALL.len()) {
        // The draws of the example that wrote the table.
        let mut draws = Draws(3);
        for (count, metric, out, stated) in of_size {
            let errors = errors(*metric, *count, &mut draws).unwrap();
            assert!(errors.out >= *out, "{count} {metric:?}: {} came out", errors.out);
            for ((figure, stated), name) in errors.figures.iter().zip(stated).zip(["average", "top 25", "top 10"]) {
                let found = figure.nine_of_ten;
                assert!(figure.exact > 0 && figure.half <= found, "{count} {metric:?} {name}");
                assert!(found <= stated + 0.05, "{count} {metric:?} {name}: {found:.2} % off, {stated} % is said");
            }
        }
    }
}
