//! Passwords: how strong they must be, how they are kept, how they are checked.
//!
//! Kept as argon2id with the parameters of OWASP's Password Storage Cheat Sheet. Taken exactly as typed: not trimmed,
//! not normalised, not cut (ASVS 5.0, 6.2.8). No rules of composition; a guesser's estimate instead (6.2.4, 6.2.5, 6.2.11).

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, PasswordHash, Version};
use domain::Failure;
use secrecy::{ExposeSecret as _, SecretString};
use std::cell::Cell;
use zxcvbn::feedback::Feedback;
use zxcvbn::{Score, zxcvbn};

use crate::secrets::{random_bytes, sha256_hex};

/// The fewest characters (Unicode scalar values) of a password.
pub const MIN_CHARS: usize = 10;
/// The most.
pub const MAX_CHARS: usize = 128;

/// Words that everybody who attacks this product tries: its name, its roles, its trade (ASVS 5.0, 6.1.2). Longer ones come
/// before those within them.
const CONTEXT: [&str; 10] = [
    "porchlight",
    "superadmin",
    "receptionist",
    "front desk",
    "frontdesk",
    "manager",
    "tenant",
    "viewer",
    "admin",
    "agent",
];
/// The 3,000 commonest passwords of 10 characters and more (ASVS 5.0, 6.2.4), each as the first 12 digits of the SHA-256 of its
/// lower case: the guesser takes every sixth of them for a good one.
const COMMONEST: &str = include_str!("passwords/commonest.txt");
/// How many digits of a hash stand in it.
const COMMON_DIGITS: usize = 12;
/// How many characters are judged: what follows can only make it harder to guess. zxcvbn looks at 100, and tries all the
/// letters that symbols may stand for: seconds of work when someone means it, against a third of one for these.
const JUDGED_CHARS: usize = 32;
/// Memory per hash, in KiB.
const MEMORY_KIB: u32 = 19_456;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// A hash with these parameters, made of random bytes: no password is known to have it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$D/BTbiJzZflMS4J95j+Ykw$9svIxuSIc4jAHf29EPicw+LH2cFPIHL5fHzcR6529a8";

/// The PHC string under which `password` is kept; another one each time.
///
/// # Errors
/// [`Failure::Retryable`] when memory (19 MiB) or randomness is short.
pub fn hash(password: &SecretString) -> Result<String, Failure> {
    let salt = random_bytes::<16>()?;
    Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(argon2::password_hash::Error::from)
        .map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
        .and_then(|argon2| argon2.hash_password_with_salt(password.expose_secret().as_bytes(), &salt))
        .map(|hash| hash.to_string())
        .map_err(|error| Failure::Retryable(format!("the password could not be hashed: {error}")))
}

thread_local! {
    static CHECKED: Cell<u64> = const { Cell::new(0) };
}

/// How many passwords this thread has checked: by this a test sees that two answers cost the same work.
#[must_use]
pub fn checked() -> u64 {
    CHECKED.get()
}

/// Whether `password` is the one kept as `phc`. Text that is not a PHC string matches no password.
#[must_use]
pub fn verify(password: &SecretString, phc: &str) -> bool {
    CHECKED.set(CHECKED.get() + 1);
    // The parameters are those in the string.
    Argon2::default().verify_password(password.expose_secret().as_bytes(), phc).is_ok()
}

/// The work of [`verify`] for an address without an account, so that the time an answer takes tells nothing.
pub fn verify_no_one(password: &SecretString) {
    std::hint::black_box(verify(password, NOBODY));
}

/// Whether `phc` was made with other parameters than today's: hash again when the password is next shown.
#[must_use]
pub fn needs_rehash(phc: &str) -> bool {
    let Ok(hash) = PasswordHash::new(phc) else { return true };
    let costs = Params::try_from(&hash).map(|params| (params.m_cost(), params.t_cost(), params.p_cost()));
    hash.algorithm != ARGON2ID_IDENT
        || hash.version != Some(Version::V0x13.into())
        || costs != Ok((MEMORY_KIB, PASSES, LANES))
}

/// Whether `password` may be set: 10 to 128 characters, and not soon guessed. `personal` words (address, name, tenant),
/// their parts and the product's own words count for nothing in it (6.2.11).
///
/// # Errors
/// [`Failure::Rejected`] naming the field `password`, with what would make it better.
pub fn check_strength(password: &SecretString, personal: &[&str]) -> Result<(), Failure> {
    let password = password.expose_secret();
    match password.chars().count() {
        ..MIN_CHARS => return Err(refusal(&format!("use at least {MIN_CHARS} characters"))),
        MIN_CHARS..=MAX_CHARS => {}
        _ => return Err(refusal(&format!("use at most {MAX_CHARS} characters"))),
    }
    let words: Vec<String> = words_of(personal).chain(CONTEXT.map(ToOwned::to_owned)).collect();
    let lower = password.to_lowercase();
    let rest = words.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    let (judged, without) =
        if rest == lower { (password, "") } else { (rest.as_str(), ", names and the words of this product aside") };
    let judged: String = judged.chars().take(JUDGED_CHARS).collect();
    let estimate = zxcvbn(&judged, &words.iter().map(String::as_str).collect::<Vec<_>>());
    if estimate.score() >= Score::Three {
        let common = "choose one that is harder to guess. This one is on the lists that guessers begin with.";
        return if is_common(password) { Err(refusal(common)) } else { Ok(()) };
    }
    Err(refusal(&format!("choose one that is harder to guess{without}. {}", advice(estimate.feedback()))))
}

fn is_common(password: &str) -> bool {
    let hash = sha256_hex(&password.to_lowercase());
    COMMONEST.lines().any(|common| hash.get(..COMMON_DIGITS) == Some(common))
}

/// The words in lower case, and the parts they are made of, as a guesser would take them apart.
fn words_of(personal: &[&str]) -> impl Iterator<Item = String> {
    let parts = personal.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    let words = personal.iter().copied().chain(parts);
    words.filter(|word| word.chars().count() >= 3).map(str::to_lowercase)
}

fn advice(feedback: Option<&Feedback>) -> String {
    let Some(feedback) = feedback else { return "A few uncommon words make a good one.".into() };
    let warning = feedback.warning().map(|warning| warning.to_string());
    let suggestions = feedback.suggestions().iter().map(ToString::to_string);
    warning.into_iter().chain(suggestions).collect::<Vec<_>>().join(" ")
}

fn refusal(what: &str) -> Failure {
    Failure::invalid("password", what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::failure::Rejection;
    use proptest::prelude::*;

    fn complaint(password: &str, personal: &[&str]) -> Option<String> {
        match check_strength(&password.into(), personal) {
            Ok(()) => None,
            Err(Failure::Rejected { kind: Rejection::Invalid, field: Some(field), message }) if field == "password" => {
                Some(message)
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_hash_is_argon2id_with_the_parameters_of_owasp_and_its_own_salt() {
        let password = "glacier-pocket-violin".into();
        let (one, two) = (hash(&password).unwrap(), hash(&password).unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_eq!(one.len(), NOBODY.len());
        assert_ne!(one, two);
        assert!(!needs_rehash(&one));
        assert!(!verify(&"glacier-pocket-violin ".into(), &one));
    }

    #[test]
    fn no_ones_hash_has_the_parameters_of_everybodys() {
        assert!(!needs_rehash(NOBODY));
        let before = checked();
        verify_no_one(&"glacier-pocket-violin".into());
        assert_eq!(checked() - before, 1);
    }

    #[test]
    fn weaker_or_foreign_hashes_are_made_again() {
        for old in [
            NOBODY.replace("m=19456", "m=8192"),
            NOBODY.replace("t=2", "t=1"),
            NOBODY.replace("argon2id", "argon2i"),
            NOBODY.replace("v=19", "v=16"),
            String::from("$2b$10$abcdefghijklmnopqrstuv"),
            String::new(),
        ] {
            assert!(needs_rehash(&old), "{old}");
        }
    }

    #[test]
    fn what_is_no_hash_verifies_nothing() {
        for phc in ["", "$", "$argon2id$", "secret", "$argon2id$v=19$m=19456,t=2,p=1$D/BTbiJzZflMS4J95j+Ykw"] {
            assert!(!verify(&"secret".into(), phc), "{phc}");
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(complaint("čšžřťůěýá", &[]).as_deref(), Some("use at least 10 characters"));
        assert_eq!(complaint("čšžřťůěýáô", &[]), None);
        let long: String = (1..=128).filter_map(|i| char::from_u32(0x4e00 + i * i * 7919 % 20_000)).collect();
        assert_eq!(complaint(&long, &[]), None);
        assert_eq!(complaint(&format!("{long}x"), &[]).as_deref(), Some("use at most 128 characters"));
    }

    #[test]
    fn common_and_patterned_passwords_are_refused_with_advice() {
        for weak in ["password123", "qwertyuiop", "1234567890", "aaaaaaaaaaaaaaaa", "P@ssw0rd2024", "abcabcabcabc"] {
            let message = complaint(weak, &[]).expect(weak);
            assert!(message.starts_with("choose one that is harder to guess. "), "{message}");
            assert!(message.ends_with('.') && !message.contains(weak), "{message}");
        }
        let message = complaint("qwertyuiop", &[]).unwrap();
        assert!(message.contains("Add another word or two."), "{message}");
    }

    #[test]
    fn the_3000_commonest_are_refused_though_no_pattern_shows() {
        assert_eq!(COMMONEST.lines().count(), 3000);
        assert!(COMMONEST.lines().all(|line| line.len() == COMMON_DIGITS));
        for common in
            ["kozanostra", "gunsnroses", "gearsofwar", "seniseviyor", "Krasavchik", "YFCNHJTYBT", "plextsofttm"]
        {
            let message = complaint(common, &[]).expect(common);
            assert!(message.contains("on the lists that guessers begin with"), "{common}: {message}");
        }
        assert_eq!(complaint("gunsnroses-gearsofwar", &[]), None, "what is made of two is none of them");
    }

    #[test]
    fn no_rule_of_composition_stands_in_the_way_of_a_long_password() {
        for long in [
            "glacierpocketviolin",
            "GLACIERPOCKETVIOLIN",
            "glacier pocket violin",
            "7391 8264 5017 9938 2640",
            "—…·•‹›¿¡§¶†‡",
        ] {
            assert_eq!(complaint(long, &[]), None, "{long}");
        }
    }

    #[test]
    fn what_is_known_of_the_person_makes_a_password_weak() {
        let personal = ["zephyrine.quill@example.com", "Zephyrine Quill", "halcyon-roofing"];
        for weak in ["Zephyrine.Quill", "quillzephyrine", "halcyonROOFING1", "zephyrine.quill@example.com"] {
            assert_eq!(complaint(weak, &[]), None, "{weak} is fine for others");
            let message = complaint(weak, &personal).expect(weak);
            assert!(
                message.starts_with("choose one that is harder to guess, names and the words of this product aside. "),
                "{message}"
            );
        }
        assert_eq!(complaint("zephyrine-glacier-pocket-violin", &personal), None, "enough is left");
        assert_eq!(complaint("glacier-pocket-violin", &personal), None);
    }

    #[test]
    fn the_products_own_words_make_a_password_weak() {
        for weak in ["porchlight-admin", "PorchlightReceptionist", "superadmin.manager", "front desk agent 1"] {
            let message = complaint(weak, &[]).expect(weak);
            assert!(message.contains("the words of this product aside"), "{message}");
        }
        assert_eq!(complaint("porchlight-glacier-pocket-violin", &[]), None, "enough is left");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]
        #[test]
        fn any_password_verifies_against_its_own_hash_and_no_longer_one_does(password in any::<String>()) {
            let phc = hash(&password.as_str().into()).unwrap();
            prop_assert!(verify(&password.as_str().into(), &phc));
            let longer = format!("{password}\0");
            prop_assert!(!verify(&longer.into(), &phc));
        }
    }

    #[test]
    fn what_follows_the_first_32_characters_is_not_judged() {
        assert_eq!(complaint("glacier-pocket-violin", &[]), None);
        assert!(complaint(&format!("{}glacier-pocket-violin", "ab".repeat(16)), &[]).is_some());
        // All that can stand for a letter: unbounded, 100 characters of this take seconds.
        assert_eq!(complaint(&"4@8({[<369!1|0$5+7%2".repeat(6), &[]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn no_password_is_too_odd_to_judge(password in any::<String>(), word in any::<String>()) {
            let _ = check_strength(&password.into(), &[&word]);
        }
    }
}
