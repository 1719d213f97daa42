//! What comes with the code renders as it was sent before, and what does not render is refused.

use super::*;

/// FNV-1a.
fn checksum(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Rendered with the sections' names in capitals, all of them or as few as there may be.
fn rendered(task: PromptTask, text: Text, with_all: bool) -> String {
    let sections = sections(task, text).iter();
    let named = |(name, always): &(&'static str, bool)| (*name, (with_all || *always).then(|| name.to_uppercase()));
    Script::built_in(task).render(text, &sections.map(named).collect::<Vec<_>>())
}

/// The first versions are byte for byte what the code sent before there were versions. Whoever changes a file raises its version, and
/// writes down the checksums of that version here: what is counted by version does not mix two up.
#[test]
fn every_version_of_the_code_is_what_it_was_when_it_got_its_number() {
    let (respond, structured) = (PromptTask::Respond, Text::Structured);
    let known = [
        (respond, Text::System, "1.0.0", [0x7c57_89b6_46fd_ee9c, 0xa290_b02d_6320_cf62]),
        (respond, structured, "1.0.0", [0xbbe3_4fc4_1a40_bff6, 0x335b_f1c9_d999_f3e9]),
        (PromptTask::Suggest, Text::System, "3.0.0", [0x5127_6119_f4da_53f4, 0x188f_8d7a_430a_1a37]),
        (PromptTask::Write, Text::System, "1.0.0", [0xe565_fdfd_379b_d332; 2]),
        (PromptTask::Campaign, Text::System, "1.0.0", [0xdcbf_525f_fb49_e0e3; 2]),
        (PromptTask::Style, Text::System, "1.0.0", [0x97e0_e6cf_4eb7_4761; 2]),
        (PromptTask::Route, Text::System, "1.0.0", [0x8cea_57c9_21dc_101f; 2]),
        (PromptTask::Analyze, Text::System, "1.0.0", [0x52bc_0ea3_b548_0a41; 2]),
        (PromptTask::Summarize, Text::System, "1.0.0", [0xc919_fb75_e4bb_59fb; 2]),
    ];
    for (task, text, version, sums) in known {
        let built_in = Script::built_in(task);
        assert_eq!(built_in.content().version.to_string(), version, "{task}");
        let found = [true, false].map(|with_all| checksum(&rendered(task, text, with_all)));
        assert_eq!(found, sums, "{task} {text:?}: raise its version, and write down the checksums of that one");
    }
    assert_eq!(PromptTask::ALL.len(), FILES.len());
}

fn changed(change: impl FnOnce(&mut PromptContent)) -> Result<Script, Failure> {
    let mut content = Script::built_in(PromptTask::Respond).content().clone();
    change(&mut content);
    Script::new(content, 1)
}

#[test]
fn a_template_with_a_variable_that_there_is_not_is_refused_and_so_is_what_could_hide_something() {
    let refused = |from: &str, to: &str| {
        let refused = changed(|content| content.system = content.system.replace(from, to)).unwrap_err();
        let Failure::Rejected { field, message, .. } = refused else { panic!("{refused:?}") };
        assert_eq!(field.as_deref(), Some("system"));
        message
    };
    assert!(refused("{{ hours }}", "{{ hours }}\n\n{{ weather }}").contains("does not render"));
    assert!(refused("{{ hours }}", "{{ hours | upper }}").contains("does not render"), "there are no filters");
    assert!(refused("{{ hours }}", "{{ hours").contains("does not render"));
    assert!(
        refused(
            "{{ hours }}\n",
            "{% for i in hours %}{% for j in hours %}{% for k in hours %}{% endfor %}{% endfor %}{% endfor %}\n"
        )
        .contains("hours")
    );
    assert!(refused("{{ hours }}", "").contains("{{ hours }}"), "a section is left out");
    assert!(refused("{{ hours }}", "Open: {{ hours }}").contains("alone on its line"));
    assert!(refused("{{ hours }}", "{{ hours }}\n{{ hours }}").contains("once"));
    assert!(refused("{%- if faqs %}", "{%- if not faqs %}").contains("{{ faqs }}"));
    assert!(refused("`respond`", "respond").contains("`respond`"));
    assert!(refused("and its closing mark", "").contains("no instruction"), "what comes from outside stays data");
    assert!(changed(|content| content.structured = None).is_err(), "the structured mode has a text of its own");
    assert!(changed(|content| content.max_tokens.usual = 10).is_err());
    assert!(changed(|content| content.changelog = "Two\nlines".to_owned()).is_err());
    assert!(changed(|content| content.system = "x".repeat(20_001)).is_err());
    assert!(changed(|_| {}).is_ok());
}

/// What a business writes into its own data is text: it is never read as a template.
#[test]
fn what_stands_in_a_section_is_no_template() {
    let text = Script::built_in(PromptTask::Write);
    let rendered =
        text.render(Text::System, &[("business", Some("{{ secret }} {% if x %} ⟦business⟧ <b>".to_owned()))]);
    assert!(rendered.contains("\n\n{{ secret }} {% if x %} ⟦business⟧ <b>\n\n"), "{rendered}");
}

#[test]
fn its_own_lines_are_those_without_the_businesss() {
    let script = changed(|content| content.system = format!("Be kind.\n{}", content.system)).unwrap();
    assert!(script.instructions().starts_with("Be kind.\nYou answer"));
    assert!(!script.instructions().contains('\u{27e6}') && script.instructions().contains("You take down"));
    assert_eq!(script.used(), &PromptUse { version: PromptVersion::new(1, 0, 0), test: 1 });
}

#[test]
fn a_line_that_stands_in_it_only_without_a_section_is_its_own_too() {
    let without = "{%- if not faqs %}\nSay that questions are welcome.\n{%- endif %}\n{%- if faqs %}";
    let script = changed(|content| content.system = content.system.replacen("{%- if faqs %}", without, 1)).unwrap();
    assert!(script.instructions().lines().any(|line| line == "Say that questions are welcome."));
}
