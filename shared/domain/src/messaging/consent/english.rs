//! How English refuses.

use super::grammar::Vocabulary;

pub(super) const ENGLISH: Vocabulary = Vocabulary {
    classes: &[
        ("please", "please|pls|plz|plse|kindly"),
        (
            "swear",
            "fucking|f ing|fkn|effing|freaking|damn|goddamn|bloody|stupid|annoying|ridiculous|unwanted|unsolicited",
        ),
        (
            "me",
            "me|us|(my|her|his|our|their) (phone|cell|number|phone number|cell phone)|this (number|phone|cell|line)|me and my (wife|husband)",
        ),
        ("again", "again|anymore|any more|any longer|ever|ever again|at all|for good|going forward|in the future"),
        (
            "urgently",
            "now|right now|right away|immediately|at once|asap|a s a p|already|altogether|completely|forever|effective immediately",
        ),
        ("hour", "1|2|3|4|5|6|7|8|9|10|11|12|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"),
        (
            "at times",
            "at <hour> [00|30] [am|pm|a m|p m|oclock|00am|30am|00pm|30pm|in the morning|at night]|\
             at (1am|2am|3am|4am|5am|6am|7am|8am|9pm|10pm|11pm|12am|midnight|night|this hour|these hours|this time|all hours|dinner)|\
             in the (middle of the night|morning|evening)|[so|this|too] (late|early|often|much) [at night|in the morning]|\
             (every|each|all) [single] (day|night|hour|week|morning|time)|all the time|all day long|day and night|constantly|over and over|after hours",
        ),
        ("when", "<again>|<urgently>|<at times>|at this number|on this number|from now on"),
        (
            "doing",
            "(texting|txting|txtin|textin|messaging|msging|contacting|calling|emailing|writing|spamming|pestering|bugging|\
             pinging|blowing up|reaching out|hitting up|dming|following up|following up with|checking in|checking in with|checking in on)",
        ),
        ("nagging", "bothering|harassing|annoying|hounding|stalking|soliciting|disturbing"),
        ("contact", "text|txt|message|msg|contact|dm"),
        ("nag", "bother|harass|spam|pester|bug|disturb|solicit|write|write to|reach out to|hit up"),
        ("voice", "call|phone|email|write|reach out|call me back"),
        (
            "sort of",
            "text|txt|sms|marketing|promotional|promo|sales|automated|automatic|auto|spam|appointment|reminder|notification|robo|robot|bot|daily|weekly|constant|endless",
        ),
        (
            "messages",
            "[<sort of>] [<sort of>] (texts|txts|messages|msgs|sms|emails|notifications|alerts|promos|promotions|ads|dms|reminders|follow ups|followups|blasts|newsletters)|\
             spam|bullshit|texts (and|or) (calls|emails|reminders)|calls (and|or) (texts|messages)|messages (and|or) calls",
        ),
        ("these", "(all|any|all of) [of] [the|these|those|this|your|ur|such]|the|these|those|this|your|ur|such"),
        (
            "from",
            "from (you|u|you guys|you people|this number|your company|your business|yall)|(to|with) (me|us|this number|my (phone|cell|number))",
        ),
        (
            "list",
            "[<these>|that] [mailing|text|texting|contact|contacts|marketing|call|calling|phone|sms|spam|email|message|messaging|\
             <swear>] (list|lists|system|database|contacts|records|crm|distribution|campaign)",
        ),
        (
            "mine",
            "me|us|my (number|name|phone number|phone|cell|cell number|cell phone number|mobile|mobile number|info|information|contact)|this (number|phone)",
        ),
        ("dont", "dont|do not|don t|dnt|never|never ever|do nt|please do not|must not|should not|may not"),
        ("want", "want|wanna|wish|need|care|consent|agree|authorize"),
        ("out", "unsubscribe|unsub|unsubcribe|unsuscribe|opt out|optout|opt outt"),
    ],
    firm: &[
        "(stop|quit|cease|stop with) [<please>] [all] [the|this|your] [<swear>] <doing> [(and|or) <doing>] [<me>|it] [<swear>|<please>] [<when>]",
        "(stop|quit|cease) [<please>] [<swear>] <nagging> <me> [<when>]",
        "(stop|quit|cease) [<please>] [<swear>] (sending|send) [<me>] [<these>] [<swear>] [<messages>|[<sort of>] (updates|newsletter)|them|stuff|shit|things|crap|junk] [<from>] [<when>]",
        "(stop|quit) (getting|receiving) [any|<these>] <messages> [<from>] [<when>]",
        "(stop|keep) (me|us) from (getting|receiving) [any|<these>] <messages> [<from>]",
        "(turn|shut|switch) off [<these>] <messages> [<from>] [<when>]",
        "(make|get) <these> <messages> [to] (stop|end) [<when>]",
        "<these> <messages> (need to|have to|must|should|gotta) (stop|end|cease) [<when>]",
        "[i|we] (want|need|would like) <these> <messages> (to (stop|end)|stopped|turned off) [<when>]",
        "(stop|no) means (stop|no)",
        "what part of (stop|unsubscribe|no more texts|stop texting me) (dont|do not|do|didnt|did) you (not understand|understand|get|not get)",
        "[ive|i have|i|we|weve] [already|just] (replied|texted|sent|typed|answered) [you] stop [already|before|twice|three times|many times|multiple times|several times]",
        "stop to (end|opt out|unsubscribe|quit)",
        "cease and desist",
        "(stop|quit|end|cease|cancel|discontinue|stop with|enough with|enough of|no more of) [<please>] [<these>] [<swear>] \
         (<messages>|text|txt|contact|communication) [<from>] [<when>]",
        "stop the <swear> <messages>",
        "<dont> [ever|<please>|<swear>] <contact> [<me>] [<please>] [<again>]",
        "<dont> [ever|<please>] (<nag>|<contact>) (and|or|nor) (<contact>|<voice>|<nag>) [<me>] [<again>]",
        "<dont> [ever|<please>] (call|email|phone|write) (and|or|nor) (text|message|contact|txt) [<me>] [<again>]",
        "<dont> [ever|<please>|<swear>] <nag> <me> [<again>]",
        "<dont> [ever|<please>] <voice> [<me>] <again>",
        "<dont> [ever|<please>] (send|keep sending) [<me>] [<these>] [any more|anymore|more|another] [<swear>] \
         (<messages>|text|message|text message|txt) [<from>] [<again>]",
        "<dont> [ever|<please>] send [<me>] (anything|nothing|shit|stuff) [else] <again>",
        "no (more|further|additional) [of] [<these>] [<swear>] (<messages>|text|txt|message|contact|communication|communications) \
         [<from>] [<when>]",
        "(remove|delete|drop|scratch|strike|erase|unlist) <mine> [<please>] (from|off|off of|out of) <list> [<when>]",
        "(take|get|pull|cut) <mine> [<please>] (off|off of|out of|of) <list> [<when>]",
        "take (me|us) from <list> [<when>]",
        "(remove|delete|unlist) (me|us|my (number|phone number|name|cell)|this number) [<when>]",
        "take (me|us|my number|this number) off [<when>]",
        "(lose|forget|erase|ditch|discard|lose track of) (my|this) [phone|cell] (number|contact|digits) [<when>]",
        "<out> [me|us|my number|this number] [(from|of|to) (<list>|[<these>] [<swear>] <messages>|everything|all|this|here)] [<when>]",
        "opt (me|us|my number|this number) out [(of|from) (<list>|[<these>] <messages>|everything|this)] [<when>]",
        "[i am|im|i m|am] (opting out|unsubscribing) [(of|from) (<list>|[<these>] <messages>|this)]",
        "[i|we] (dont|do not|no longer|never|dnt|did not|didnt) <want> [for] [any] [more|further|additional] [of] [<these>] \
         [<swear>] (<messages>|contact from you) [<from>] [<again>]",
        "[i|we] (dont|do not|no longer|dnt|did not|didnt) <want> (to|2|ur|for you to|you to|to be|getting|being) \
         (contacted|texted|messaged|bothered|spammed|be (contacted|texted|messaged|bothered|on <list>)|hear from (you|u|you guys|yall)|\
         [get|getting|receive|receiving|see] [any] [more] [<these>] [<swear>] <messages>|(<contact>|<nag>) me|get contacted) [<from>] [<again>]",
        "[i|we] (dont|do not|no longer|dnt) want (you|u|you guys|yall|anyone) (<doing>|<nagging>) <me> [<again>]",
        "[i|we] (dont|do not|no longer) (want|wish) to (be on|stay on|remain on) <list> [<again>]",
        "[i am|im|we are|were] (not|no longer) interested in ([<these>] [<swear>] <messages>|\
         (getting|receiving|hearing) [<these>] (<messages>|from you))",
        "(put|add|place) (me|us|my number|this number) (on|to) [your|the|ur] (do not (call|contact|text)|dnc|dont call|no call|opt out) [list]",
        "[i|i hereby] (revoke|withdraw|am revoking|am withdrawing|retract|cancel) [my|all] (consent|permission|authorization) [to be (contacted|texted|messaged)|to (contact|text|message) me]",
        "(leave|let) (me|us) [the (hell|fuck|heck)] (alone|be) [<when>]",
        "(get|want|need|wanna) (out of|off|off of|to be off|to get off|to be (removed|taken) (from|off)) <list> [<when>]",
        "(asked|told you) [already] [twice|multiple times|several times|many times|before] to be (removed|taken off|unsubscribed|left alone)",
        "(be|get) (removed|taken|deleted|unsubscribed|opted out) [(from|off|off of|of) (<list>|[<these>] <messages>)] [<when>]",
        "(go away|fuck off|piss off|bugger off|get lost|f off|buzz off|screw off)",
        "(dont|do not) contact",
        "(text|reply|replying|typing) stop",
    ],
    bare: &[
        "stop [<please>|<swear>] [it|this|all|everything|all of (it|this)] [<please>] [<urgently>]",
        "quit it",
        "stopall",
        "knock it off",
        "cut it out",
    ],
    polite: &[
        "<please>",
        "[ok|no] (thanks|thank you|thx|thnx|ty|tks|tnx) [so much|very much|a lot|in advance|anyway|again|but no thanks|guys|you]",
        "(ok|okay|k|kk|(hi|hello|hey|hiya|yo) [there]|dear|good (morning|afternoon|evening|day))",
        "(yes|yeah|yep|yup|no|nope|nah|no mas)",
        "[i|we|i have|ive] (never|didnt|did not) (signed|sign|asked|ask|requested|request|agreed|subscribed|subscribe|consented|gave you my number) \
         [up] [for|to] [this|any of this|it|[<these>] <messages>]",
        "(this is|its|it is) (a|my) (personal number|business line|business number|work phone|work number|landline)",
        "(guys|folks|people|yall|you guys|sir|maam|madam|dude|bro|man|buddy|team|everyone|sirs|pal)",
        "(sorry|apologies|respectfully|just|seriously|for real|really|simply|enough|so|and|once again|but)",
        "(omg|wtf|ffs|jesus|jesus christ|christ|god|my god|oh my god|for (gods sake|the love of god|fucks sake|christs sake)|damn it|dammit|ugh|lol)",
        "[you|u|ya] (fucking|damn|stupid)",
        "[you] [<swear>] (asshole|assholes|idiot|idiots|moron|morons|bitch|bitches|jerk|jerks|scammer|scammers|creep|creeps|spammer|spammers|losers|dick|dicks)",
        "(fuck|fuck you|screw you|fuck this|shit)",
        "(much appreciated|appreciate it|i appreciate it|[have a] (nice|good|great) day|bye|bye bye|goodbye|good bye|cheers|regards|best regards|god bless)",
        "[sorry|i am|im|we are|were|still|i said im] (not|no longer|not at all|so not) interested [anymore|at all|in this|in it|in your (service|services|product|products|offer|offers)]",
        "[sorry] [you|u] [have|got|ve got|youve got|you ve|this is] [the|a] wrong (number|person|guy|phone|phone number) [here]",
        "(i|i already|ive already|i have already|i just|ive|i have|we|we have|weve) (said|asked|told you|told u|told you guys|asked you|asked you guys|said it|asked nicely) \
         [already|before|twice|three times|3 times|many times|multiple times|several times|once] [to|u to|you to]",
        "(for the last time|last time|last warning|final warning|final notice|i repeat|i mean it|im serious|i am serious|im begging you|i beg you)",
        "this is (the|my) (second|2nd|third|3rd|fourth|4th|fifth|5th|last|final|tenth|10th) (time|request|message|warning) \
         [i ask|i asked|ive asked|i have asked|im asking|i am asking|im telling|i tell] [you] [to]",
        "(you|u|you guys|yall) (keep|are always|wont stop|never stop) (texting|messaging|calling|spamming|bothering) me",
        "how many times do i (have|need) to (say|tell you|ask|ask you|tell u|ask u|say it|text) [to]",
    ],
    reasons: &[
        "(look|listen|again|because|since|as|therefore|or|or else)",
        "(can|could|will|would|can t|cant|wont|may|might) (you|u|you guys|yall|i|we|someone|somebody|you people)",
        "(i|we) (want|need|would like|wish|demand|request|ask|insist|expect|prefer) [that] [you|u|you guys] [to]",
        "(id|i d) (like|love|prefer|appreciate it if) [you|u] [to|would]",
        "(im|i am) (asking|begging|telling|requesting|demanding) [that] [you|u|yall] [to]",
        "(i|we) (asked|told|want|wanted|tried|have tried|am trying|keep trying|keep asking|keep telling) [you] [guys] [to]",
        "(im|ive been|i have been) (trying|asking) to",
        "(want|wanna|would like|wish|like|trying|need|asking) [you] to",
        "(how|where) (do|can|would|does one) (i|we|you) [go to]",
        "(you|u) (can|may|need to|must|should|have to|better|guys need to|guys)",
        "(tell|ask) (your|the|ur) (bot|system|computer|robot|guys|people|machine) to",
        "(make|have) (it|them|this)",
        "(who is this|who are you|who the hell is this|whos this|who dis|i dont know (you|who this is|who you are)|how did you get (my|this) number)",
        "(i|we) (want|need) (this|it|all of this) to (stop|end) [<when>]",
        "[i|we|i have|ive|weve|we have|i already|we already|already|have|ive already|weve already] \
         (found|hired|chose|picked|booked|went with|gone with|have|got|using|use|signed with|going with|decided to go with) \
         [already] (someone|somebody|another (company|contractor|roofer|dentist|guy|place|hotel|provider|shop|business|one)|someone new|a (contractor|company|guy|roofer|dentist|provider)) [else]",
        "(im|were|we are|i am) (going|going to go) with (someone|somebody|another company) [else]",
        "[its|it is|i|we|i have|we have|got|the (job|work|roof|house|car) (is|was)] [already|all] (done|fixed|taken care of|handled|sorted|got it (done|fixed)|finished)",
        "(i|we|i have|we have|ive|weve) (sold (the|my|our) (house|home|car|truck|place|building)|moved|moved away|changed (my|our) mind|bought elsewhere|passed on it)",
        "[i|we] (dont|do not|no longer) (own (a|the|that|this) (home|house|car|property|building)|live there|live here|need (it|this|you|your (service|services|help|offer)|anything|any of this|a quote|a roof)|want (it|this|your (service|services)|anything|a quote)) [anymore|any more|from you]",
        "(im|i am|were|we are) (all set|good|fine|a renter|renting|set|done|done with you|not your customer [anymore]|not the owner|not a customer|sick of this|tired of this|fed up|on the do not call list)",
        "(i rent|all set|changed my mind|no need|no interest|too expensive|way too expensive|your prices are too high|not my (house|name|number)|that is not me|thats not me|not me|nobody here by that name)",
        "(this is|thats|that is|its|it is|you are|youre|this) [really|so|very|just|total|pure|getting|becoming] (harassment|harassing|spam|a scam|scam|annoying|ridiculous|illegal|too much|unacceptable|unwanted|insane|creepy)",
        "[or|or else|otherwise|and|next time|before] [i will|ill|i am|im|i|we will|i am going to|im going to|im gonna] [be] \
         (report|reporting|block|blocking|sue|suing|blocked) (you|u|this|this number|your number|it) [to the (fcc|ftc|police|authorities|bbb)|for harassment|as spam]",
        "[or] (i will|ill|im going to|im gonna) (sue|call (my lawyer|a lawyer|the police)|contact my (lawyer|attorney)|take legal action|file a complaint|leave a bad review)",
        "(too many|so many|way too many) (texts|messages|calls)",
        "(thats|that is) (enough|all|it)",
    ],
};
