use super::{Bits, Key};

fn bits(number: u64) -> Bits {
    Key::new([7; 32]).bits(&[b"a test", &number.to_be_bytes()])
}

#[test]
fn the_same_question_has_the_same_noise_and_another_has_other() {
    let draw = |mut bits: Bits| -> Vec<i64> { (0..40).map(|_| bits.laplace(300)).collect() };
    assert_eq!(draw(bits(1)), draw(bits(1)));
    assert_ne!(draw(bits(1)), draw(bits(2)));
    assert_ne!(draw(bits(1)), draw(Key::new([8; 32]).bits(&[b"a test", &1_u64.to_be_bytes()])));
    assert_ne!(Key::new([7; 32]).digest(&[b"ab", b"c"]), Key::new([7; 32]).digest(&[b"a", b"bc"]));
    assert_eq!(format!("{:?}", Key::new([7; 32])), "Key(secret)");
}

/// RFC 4231 has no key of 32 bytes: from Python's `hmac`, over the parts with their lengths.
#[test]
fn a_digest_is_hmac_sha256() {
    let digest = Key::new([7; 32]).digest(&[b"ab"]);
    assert_eq!(digest, "4c99695e3fb0862435913e5ff0cd07e87cf3a352567cd2eee21cef1f84cb040f");
}

#[test]
fn draws_below_a_number_are_even() {
    for end in [1_u64, 2, 3, 10, 1_000] {
        let mut bits = bits(end);
        let draws = 20_000;
        let sum: u64 = (0..draws).map(|_| bits.below(end)).inspect(|drawn| assert!(*drawn < end)).sum();
        let (mean, expected) = (sum as f64 / draws as f64, (end - 1) as f64 / 2.0);
        assert!((mean - expected).abs() <= 0.03 * end as f64, "{end}: {mean}");
    }
}

/// Each value's frequency is within five standard errors of what the distribution says.
#[test]
fn noise_has_the_distribution_that_is_stated() {
    for epsilon_milli in [200_u32, 300, 400, 1_000] {
        let draws = 60_000;
        let mut bits = bits(u64::from(epsilon_milli));
        let drawn: Vec<i64> = (0..draws).map(|_| bits.laplace(epsilon_milli)).collect();
        let ratio = (-f64::from(epsilon_milli) / 1_000.0).exp();
        for value in -12_i64..=12 {
            let chance = (1.0 - ratio) / (1.0 + ratio) * ratio.powi(value.unsigned_abs() as i32);
            let seen = drawn.iter().filter(|other| **other == value).count() as f64 / f64::from(draws);
            let error = (chance * (1.0 - chance) / f64::from(draws)).sqrt();
            assert!((seen - chance).abs() <= 5.0 * error, "{epsilon_milli} {value}: {seen} for {chance}");
        }
    }
}
