//! The pages in a real browser: Debian's chromium, without a screen, on the local stack.
//!
//! A journey goes as a person does: it types into labelled fields, presses buttons and reads what is shown. On the way it
//! leaves pictures of every page in `target/screenshots`, and fails where a page is wider than its window.
//!
//! `make browser` installs the browser where it is missing, brings a stack up and runs this.

mod booking;
mod calendar;
mod campaigns;
mod chromium;
mod inventory;
mod knowledge;
mod limits;
mod operators;
mod owner;
mod settings;
#[path = "../system/stage/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the stage serves the system tests too")]
mod stage;
mod streamed;
mod training;
mod widget;
mod workday;

use auth::secrets;
use domain::identity::Role;
use domain::messaging::Email;
use serde_json::json;
use stage::person::invited;
use stage::{Tenant, address, eventually, mails_to};
use totp_rs::{Builder, Secret};

use chromium::Chromium;

const PASSWORD: &str = "Seventeen blue kettles";

/// Follows an invitation to its end, with the password of before where the account exists.
fn accept(browser: &Chromium, tenant: &Tenant, email: &Email, role: Role, name: &str) {
    let (_, token) = invited(&tenant.id(), email, role);
    browser.open(&format!("/accept?token={token}"));
    browser.fill("accept-name", name);
    browser.fill("accept-password", PASSWORD);
    browser.fill("accept-again", PASSWORD);
    browser.send("#accept");
    browser.shows("#note", "You are in.");
}

fn sign_in(browser: &Chromium, email: &Email, password: &str) {
    browser.open("/sign-in");
    browser.fill("sign-in-email", email.as_str());
    browser.fill("sign-in-password", password);
    browser.send("#sign-in");
}

/// From the first page, where signing in leads, to the own account.
fn to_account(browser: &Chromium) {
    browser.shows(".top", "Your account");
    browser.open("/account");
}

/// The code that an authenticator app shows, so many seconds from now.
fn code(secret: &str, seconds: u64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_step_duration(30).with_secret(secret).build().unwrap();
    let now = u64::try_from(runtime::clock::now().as_second()).unwrap();
    totp.generate(now + seconds).to_string()
}

#[test]
fn somebody_invited_comes_in_sets_up_a_second_factor_and_ends_a_session() {
    let (browser, tenant) = (Chromium::start(), Tenant::opened(|file| file.tenant.require_second_factor = true));
    let email = Email::new(&address(), "email").unwrap();

    // The invitation: what is wrong is said where it is wrong.
    let (_, token) = invited(&tenant.id(), &email, Role::Admin);
    browser.open(&format!("/accept?token={token}"));
    browser.pictures("accept");
    browser.fill("accept-name", "Ana Flores");
    browser.fill("accept-password", "password123");
    browser.fill("accept-again", "password124");
    browser.send("#accept");
    browser.shows("#accept-again-problem", "The two are not the same.");
    browser.fill("accept-again", "password123");
    browser.send("#accept");
    browser.shows("#accept-password-problem", "harder to guess");
    assert_eq!(browser.focused(), "accept-password");
    browser.pictures("accept-weak");
    browser.fill("accept-password", PASSWORD);
    browser.fill("accept-again", PASSWORD);
    browser.send("#accept");
    browser.shows("#note", "You are in.");
    browser.pictures("sign-in-note");

    // Signing in, with the keyboard alone.
    sign_in(&browser, &email, "not the password");
    browser.shows("#sign-in .problem[role=alert]", "The address, password or code is wrong");
    browser.pictures("sign-in-wrong");
    browser.open("/sign-in");
    browser.type_keys(&["\t", email.as_str(), "\t", PASSWORD, "\n"]);
    browser.shows("#own-email", email.as_str());
    browser.shows("#own-tenant", tenant.id().as_str());
    browser.shows("#own-role", "admin");
    browser.shows("#enrolling", "asks its administrators for a second factor");
    browser.pictures("account");

    // The second factor.
    browser.fill("begin-password", "not the password");
    browser.send("#begin");
    browser.shows("#begin-password-problem", "The password is wrong");
    browser.fill("begin-password", PASSWORD);
    browser.send("#begin");
    let secret = browser.text_of("#secret");
    assert!(browser.draws("#qr"), "the policy lets the QR code be drawn");
    browser.pictures("second-factor");
    browser.fill("confirm-code", "000000");
    browser.send("#confirm");
    browser.shows("#confirm-code-problem", "The code is wrong");
    browser.fill("confirm-code", &code(&secret, 0));
    browser.send("#confirm");
    browser.shows("#factor-since", "Backup codes left: 10.");
    browser.shows_no_longer("#enrolling", "second factor");
    let backup_codes = browser.text_of("#backup-codes");
    assert_eq!(backup_codes.lines().count(), 10, "{backup_codes}");
    browser.press("#copy");
    browser.shows("#copied", "Copied.");
    browser.pictures("backup-codes");

    // Out, and in again with a code. Each is good once, so the next one's turn has come.
    browser.send("#sign-out");
    browser.shows("#note", "You are signed out.");
    browser.open("/account");
    browser.shows("#note", "Please sign in.");
    sign_in(&browser, &email, PASSWORD);
    browser.shows("#with-code", "Six digits");
    assert_eq!(browser.focused(), "sign-in-code");
    browser.pictures("sign-in-code");
    browser.fill("sign-in-code", &code(&secret, 30));
    browser.send("#sign-in");
    to_account(&browser);
    browser.shows("#own-email", email.as_str());

    // Somebody else got in with a backup code: their session is ended from here.
    let backup = backup_codes.lines().next().unwrap();
    let body = json!({"email": email, "password": PASSWORD, "backup_code": backup}).to_string();
    let json = ("content-type".to_owned(), "application/json".to_owned());
    let agent = ("user-agent".to_owned(), "a-program/1.0 <b>bold</b>".to_owned());
    let other = eventually("a turn at the door", || {
        Some(Tenant::call("POST", "/v1/auth/sign-in", &[json.clone(), agent.clone()], &body))
            .filter(|a| a.status != 429)
    });
    assert_eq!(other.status, 200, "{}", other.body);
    let other: serde_json::Value = serde_json::from_str(&other.body).unwrap();
    let bearer = ("authorization".to_owned(), format!("Bearer {}", other["access_token"].as_str().unwrap()));
    assert_eq!(Tenant::call("GET", "/v1/account", std::slice::from_ref(&bearer), "").status, 200);
    browser.open("/account");
    browser.shows("#factor-since", "Backup codes left: 9.");
    browser.shows("#sessions", "a-program/1.0 <b>bold</b>");
    browser.pictures("sessions");
    browser.send("#sessions li:has(form) form");
    browser.shows_no_longer("#sessions", "a-program/1.0");
    assert_eq!(Tenant::call("GET", "/v1/account", &[bearer], "").status, 401);

    // Another name; the backup codes again, with one of them; the second factor away, with another.
    browser.press("details:has(#rename) summary");
    browser.fill("rename-name", "Ana Flores-Vale");
    browser.send("#rename");
    browser.shows("#own-name", "Ana Flores-Vale");
    browser.press("details:has(#renew) summary");
    browser.fill("renew-password", PASSWORD);
    browser.fill("renew-code", "00000-00000-00000-00000-00000");
    browser.send("#renew");
    browser.shows("#renew", "wrong");
    browser.fill("renew-password", PASSWORD);
    browser.fill("renew-code", backup_codes.lines().nth(1).unwrap());
    browser.send("#renew");
    browser.shows("#factor-since", "Backup codes left: 10.");
    let anew = browser.text_of("#backup-codes");
    assert!(anew.lines().count() == 10 && anew != backup_codes, "{anew}");
    browser.press("details:has(#remove) summary");
    browser.pictures("account-factor");
    browser.fill("remove-password", PASSWORD);
    browser.fill("remove-code", anew.lines().next().unwrap());
    browser.send("#remove");
    browser.shows("#factor-removed", "The second factor is removed.");
    browser.shows("#enrolling", "asks its administrators for a second factor");

    // A new password; the page stays signed in.
    browser.fill("change-password", PASSWORD);
    browser.fill("change-new_password", "password123");
    browser.fill("change-again", "password123");
    browser.send("#change");
    browser.shows("#change-new_password-problem", "harder to guess");
    browser.fill("change-new_password", "eleven quiet harbours");
    browser.fill("change-again", "eleven quiet harbours");
    browser.send("#change");
    browser.shows("#changed", "Your password is changed.");
    browser.send("#sign-out-everywhere");
    browser.shows("#note", "You are signed out everywhere.");
}

#[test]
fn who_forgot_the_password_gets_in_by_the_link_of_the_mail() {
    let (browser, tenant) = (Chromium::start(), Tenant::opened(|_| {}));
    let email = Email::new(&address(), "email").unwrap();
    accept(&browser, &tenant, &email, Role::Manager, "Bo Lind");
    browser.open("/forgot");
    browser.fill("forgot-email", email.as_str());
    browser.send("#forgot");
    browser.shows("#sent", "the mail is on its way");
    browser.pictures("forgot");
    let mail = eventually("the mail", || mails_to(email.as_str()).pop());
    let link = mail.body_text.lines().find(|line| line.contains("/reset?token=")).unwrap();
    browser.open(&link[link.find("/reset?").unwrap()..]);
    browser.fill("reset-password", "eleven quiet harbours");
    browser.fill("reset-again", "eleven quiet harbours");
    browser.pictures("reset");
    browser.send("#reset");
    browser.shows("#note", "Your new password is set.");
    sign_in(&browser, &email, "eleven quiet harbours");
    to_account(&browser);
    browser.shows("#own-email", email.as_str());
}

#[test]
fn a_link_that_is_no_good_says_so() {
    let browser = Chromium::start();
    let unknown = secrets::sha256_hex("nobody was sent this");
    browser.open(&format!("/verify?token={unknown}"));
    browser.send("#verify");
    browser.shows("#verify .problem[role=alert]", "This link is wrong or has expired");
    browser.pictures("verify");
}

#[test]
fn somebody_in_two_businesses_goes_from_one_to_the_other() {
    let (browser, one, other) = (Chromium::start(), Tenant::opened(|_| {}), Tenant::opened(|_| {}));
    let email = Email::new(&address(), "email").unwrap();
    accept(&browser, &one, &email, Role::Viewer, "Cy Ode");
    accept(&browser, &other, &email, Role::Agent, "Cy Ode");
    sign_in(&browser, &email, PASSWORD);
    to_account(&browser);
    browser.shows("#own-tenant", one.id().as_str());
    browser.shows("#tenants", other.id().as_str());
    browser.pictures("two-businesses");
    browser.send("#tenants form");
    browser.shows("#own-tenant", other.id().as_str());
    browser.shows("#own-role", "agent");
    browser.shows_no_longer("#sessions", one.id().as_str());

    // The token in use is old: the next one comes by itself.
    browser.forget_cookie("__Host-porchlight");
    browser.open("/account");
    browser.shows("#own-tenant", other.id().as_str());
}
