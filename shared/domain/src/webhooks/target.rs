//! Which addresses events may be posted to: pages of the public internet, over TLS.
//!
//! A tenant names the address, and our servers call it. So it must not lead to what only our servers can reach: other
//! machines of the network, this one, or the cloud's metadata. The host's name is checked when the webhook is made; the
//! network addresses that it resolves to are checked before every call, and the call goes to the checked address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::Failure;

/// The longest address, in characters.
const MAX_URL: usize = 2000;

/// How far events may be posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the public internet, over TLS.
    Public,
    /// To this machine too, with or without TLS: the local stack.
    Local,
}

/// Refuses an address that events may not be posted to.
///
/// # Errors
/// [`Failure::Rejected`] naming `url`.
pub fn check_url(url: &str, reach: Reach) -> Result<Url, Failure> {
    let wrong = |what: &str| Failure::invalid("url", format!("url must be {what}"));
    if url.chars().count() > MAX_URL {
        return Err(wrong(&format!("at most {MAX_URL} characters")));
    }
    let parsed = Url::parse(url).map_err(|_| wrong("an address, such as https://hooks.example.com/porchlight"))?;
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(wrong("without a user name and password: check the signature instead"));
    }
    let is_public = match parsed.host() {
        Some(Host::Domain(name)) => is_public_name(name),
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        None => false,
    };
    match (parsed.scheme(), reach) {
        ("http" | "https", Reach::Local) => Ok(parsed),
        ("https", Reach::Public) if is_public => Ok(parsed),
        ("https", Reach::Public) => Err(wrong("on the public internet")),
        _ => Err(wrong("an https address")),
    }
}

/// A name that can be one of the public internet.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let private = [".localhost", ".local", ".internal", ".localdomain", ".home.arpa"];
    name.contains('.') && !private.iter().any(|end| name.ends_with(end))
}

/// Whether a network address is one of the public internet. Whatever else is reserved, private or only of this machine
/// is not, nor is an IPv4 address of that kind within an IPv6 one.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    // This network; carrier-grade NAT; protocol assignments; 6to4 relays; benchmarks; multicast, reserved and
    // broadcast.
    let reserved = matches!(
        address.octets(),
        [0 | 224..=255, ..] | [100, 64..=127, ..] | [192, 0, 0, _] | [192, 88, 99, _] | [198, 18..=19, ..]
    );
    !(reserved
        || address.is_private()
        || address.is_loopback()
        // The cloud's metadata is here.
        || address.is_link_local()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // IPv4 in IPv6: mapped, and translated by NAT64.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Protocol assignments and Teredo; documentation; 6to4, which hides an IPv4 address.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Global unicast. All else is unspecified, loopback, unique local, link local, multicast or not assigned.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for address in ["93.184.216.34", "8.8.8.8", "2606:4700::6810:84e5", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn what_only_our_own_servers_reach_is_not_public() {
        for (address, what) in [
            ("127.0.0.1", "loopback"),
            ("127.8.9.10", "loopback"),
            ("0.0.0.0", "this machine"),
            ("10.1.2.3", "private"),
            ("172.16.0.1", "private"),
            ("172.31.255.255", "private"),
            ("192.168.0.1", "private"),
            ("169.254.169.254", "metadata"),
            ("169.254.170.2", "metadata of containers"),
            ("100.64.0.1", "carrier-grade NAT"),
            ("100.127.255.255", "carrier-grade NAT"),
            ("192.0.0.192", "metadata of another cloud"),
            ("192.0.2.1", "documentation"),
            ("192.88.99.1", "6to4 relay"),
            ("198.18.0.1", "benchmarks"),
            ("198.51.100.1", "documentation"),
            ("203.0.113.1", "documentation"),
            ("224.0.0.1", "multicast"),
            ("240.0.0.1", "reserved"),
            ("255.255.255.255", "broadcast"),
            ("::", "this machine"),
            ("::1", "loopback"),
            ("::127.0.0.1", "an old form of IPv4 in IPv6"),
            ("::ffff:127.0.0.1", "mapped loopback"),
            ("::ffff:169.254.169.254", "mapped metadata"),
            ("::ffff:10.0.0.1", "mapped private"),
            ("64:ff9b::a9fe:a9fe", "metadata behind NAT64"),
            ("64:ff9b:1::1", "local NAT64"),
            ("fc00::1", "unique local"),
            ("fd00:ec2::254", "metadata over IPv6"),
            ("fe80::1", "link local"),
            ("fec0::1", "site local"),
            ("ff02::1", "multicast"),
            ("2001::1", "Teredo"),
            ("2001:db8::1", "documentation"),
            ("2002:7f00:1::", "6to4 of loopback"),
            ("3fff::1", "documentation"),
            ("100::1", "discard"),
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}: {what}");
        }
    }

    #[test]
    fn an_address_is_https_on_a_public_host_and_names_no_user() {
        for good in ["https://hooks.example.com/in?key=1", "https://8.8.8.8:8443/", "https://[2606:4700::1]/"] {
            assert!(check_url(good, Reach::Public).is_ok(), "{good}");
        }
        for bad in [
            "http://hooks.example.com/",
            "https://localhost/",
            "https://db.internal/",
            "https://printer.local./",
            "https://127.0.0.1/",
            // The same in other words.
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::ffff:7f00:1]/",
            "https://ana:secret@example.com/",
            "ftp://example.com/",
            "hooks.example.com",
            "",
        ] {
            let refused = check_url(bad, Reach::Public).unwrap_err();
            assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "url"), "{bad}");
        }
        assert!(check_url(&format!("https://example.com/{}", "x".repeat(2000)), Reach::Public).is_err());
    }

    #[test]
    fn the_local_stack_may_post_to_this_machine() {
        assert!(check_url("http://127.0.0.1:4000/in", Reach::Local).is_ok());
        assert!(check_url("ftp://127.0.0.1/", Reach::Local).is_err());
    }
}
