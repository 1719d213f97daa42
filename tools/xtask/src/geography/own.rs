//! What the sources do not say, or say wrong. Each line stands on its own reason.
//!
//! Places and overlays are those of the North American Numbering Plan Administrator (NANPA, "Area Code Map") and of the
//! Canadian Numbering Administrator, in 2026.

/// The place of each area code with one: a country, or the United States' or Canada's state or province. A territory of the
/// United States is also a country of its own. `CA-NS` is Prince Edward Island too, `CA-NT` all three territories.
pub(super) const PLACES: [(&str, &str); 84] = [
    ("AG", "268"),
    ("AI", "264"),
    ("BB", "246"),
    ("BM", "441"),
    ("BS", "242"),
    ("CA-AB", "368 403 587 780 825"),
    ("CA-BC", "236 250 257 604 672 778"),
    ("CA-MB", "204 431 584"),
    ("CA-NB", "428 506"),
    ("CA-NL", "709 879"),
    ("CA-NS", "782 902"),
    ("CA-NT", "867"),
    ("CA-ON", "226 249 289 343 365 382 416 437 519 548 613 647 683 705 742 753 807 905 942"),
    ("CA-QC", "263 354 367 418 438 450 468 514 579 581 819 873"),
    ("CA-SK", "306 474 639"),
    ("DM", "767"),
    ("DO", "809 829 849"),
    ("GD", "473"),
    ("JM", "658 876"),
    ("KN", "869"),
    ("KY", "345"),
    ("LC", "758"),
    ("MS", "664"),
    ("SX", "721"),
    ("TC", "649"),
    ("TT", "868"),
    ("US-AK", "907"),
    ("US-AL", "205 251 256 334 659 938"),
    ("US-AR", "327 479 501 870"),
    ("US-AS,AS", "684"),
    ("US-AZ", "480 520 602 623 928"),
    (
        "US-CA",
        "209 213 279 310 323 341 350 357 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 \
         714 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951",
    ),
    ("US-CO", "303 719 720 748 970 983"),
    ("US-CT", "203 475 860 959"),
    ("US-DC", "202 771"),
    ("US-DE", "302"),
    ("US-FL", "239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954"),
    ("US-GA", "229 404 470 478 678 706 762 770 912 943"),
    ("US-GU,GU", "671"),
    ("US-HI", "808"),
    ("US-IA", "319 515 563 641 712"),
    ("US-ID", "208 986"),
    ("US-IL", "217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872"),
    ("US-IN", "219 260 317 463 574 765 812 930"),
    ("US-KS", "316 620 785 913"),
    ("US-KY", "270 364 502 606 859"),
    ("US-LA", "225 318 337 457 504 985"),
    ("US-MA", "339 351 413 508 617 774 781 857 978"),
    ("US-MD", "227 240 301 410 443 667"),
    ("US-ME", "207"),
    ("US-MI", "231 248 269 313 517 586 616 679 734 810 906 947 989"),
    ("US-MN", "218 320 507 612 651 763 924 952"),
    ("US-MO", "235 314 417 557 573 636 660 816 975"),
    ("US-MP,MP", "670"),
    ("US-MS", "228 471 601 662 769"),
    ("US-MT", "406"),
    ("US-NC", "252 336 472 704 743 828 910 919 980 984"),
    ("US-ND", "701"),
    ("US-NE", "308 402 531"),
    ("US-NH", "603"),
    ("US-NJ", "201 551 609 640 732 848 856 862 908 973"),
    ("US-NM", "505 575"),
    ("US-NV", "702 725 775"),
    ("US-NY", "212 315 329 332 347 363 516 518 585 607 624 631 646 680 716 718 838 845 914 917 929 934"),
    ("US-OH", "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937"),
    ("US-OK", "405 539 572 580 918"),
    ("US-OR", "458 503 541 971"),
    ("US-PA", "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878"),
    ("US-PR,PR", "787 939"),
    ("US-RI", "401"),
    ("US-SC", "803 821 839 843 854 864"),
    ("US-SD", "605"),
    ("US-TN", "423 615 629 729 731 865 901 931"),
    (
        "US-TX",
        "210 214 254 281 325 346 361 409 430 432 469 512 621 682 713 726 737 806 817 830 832 903 915 936 940 \
         945 956 972 979",
    ),
    ("US-UT", "385 435 801"),
    ("US-VA", "276 434 540 571 686 703 757 804 826 948"),
    ("US-VI,VI", "340"),
    ("US-VT", "802"),
    ("US-WA", "206 253 360 425 509 564"),
    ("US-WI", "262 274 353 414 534 608 715 920"),
    ("US-WV", "304 681"),
    ("US-WY", "307"),
    ("VC", "784"),
    ("VG", "284"),
];

/// Area codes that were opened for the ground of another one: they have its zones. The map knows some of them by a single zone,
/// and the newest not at all.
pub(super) const OVERLAYS: [(&str, &str); 26] = [
    ("236", "250"),
    ("257", "250"),
    ("357", "559"),
    ("364", "270"),
    ("367", "418"),
    ("436", "440"),
    ("448", "850"),
    ("457", "318"),
    ("458", "541"),
    ("471", "662"),
    ("474", "306"),
    ("581", "418"),
    ("621", "713"),
    ("624", "716"),
    ("639", "306"),
    ("672", "250"),
    ("679", "313"),
    ("689", "407"),
    ("729", "423"),
    ("778", "250"),
    ("837", "530"),
    ("861", "309"),
    ("879", "709"),
    ("924", "507"),
    ("930", "812"),
    ("986", "208"),
];

/// Area code, zones that the map does not have, why.
pub(super) const ADDITIONS: [(&str, &str, &str); 3] = [
    ("250", "America/Dawson_Creek America/Fort_Nelson", "the Peace River and Fort Nelson have clocks of their own"),
    (
        "306",
        "America/Edmonton America/Winnipeg",
        "Lloydminster keeps Alberta's time, Creighton and Denare Beach keep Manitoba's",
    ),
    (
        "867",
        "America/Cambridge_Bay America/Dawson America/Inuvik America/Iqaluit America/Rankin_Inlet America/Resolute America/Whitehorse",
        "the territories' own zones, for which the map has provinces' whose clocks agreed with them",
    ),
];

/// Area code, a zone that the map has by mistake, why it is one.
pub(super) const WRONG: [(&str, &str, &str); 1] =
    [("689", "America/Chicago", "it lies over 407, which is Orlando and its surroundings, all of them Eastern")];

/// The zone that most people of an area or a country live in. Every area with several zones is here; of a country that is not, it
/// is the first zone in the tz database.
pub(super) const HOMES: [(&str, &str); 17] = [
    ("America/Anchorage", "907"),
    // 219 is Gary; 270 is Bowling Green and Owensboro; 850 is Pensacola, Panama City and Fort Walton Beach.
    ("America/Chicago", "219 270 308 364 448 605 620 701 785 850"),
    ("America/Denver", "208 986"),
    ("America/Edmonton", "867"),
    // In Oregon only Malheur County is in Mountain time, in Nevada only West Wendover and Jackpot.
    ("America/Los_Angeles", "458 541 775"),
    ("America/New_York", "423 574 606 729 812 906 930"),
    ("America/Phoenix", "928"),
    ("America/Regina", "306 474 639"),
    ("America/Sao_Paulo", "BR"),
    ("America/St_Johns", "709 879"),
    // 807 is Thunder Bay.
    ("America/Toronto", "367 418 581 807 CA"),
    ("America/Vancouver", "236 250 257 672 778"),
    ("Asia/Singapore", "MY"),
    ("Australia/Sydney", "AU"),
    ("Europe/Berlin", "DE"),
    ("Europe/Kyiv", "UA"),
    ("Europe/Moscow", "RU"),
];

/// Libphonenumber's territory that ISO 3166 has as a part of another country.
pub(super) const PARTS: [(&str, &str); 2] = [("AC", "SH"), ("TA", "SH")];

/// Country, a calling code of it that does not count as its, why.
pub(super) const OMITTED: [(&str, &str, &str); 2] = [
    (
        "CC",
        "61",
        "600 people among 27 million: their clock would hold all Australians' messages back until the afternoon",
    ),
    ("CX", "61", "1,700 people among 27 million, likewise"),
];

/// Countries of ISO 3166 where no one lives, and which have no zone.
pub(super) const UNINHABITED: [&str; 2] = ["BV", "HM"];
