/**
 * What is decided where the two sources disagree, and why.
 *
 * Keys are canonical page names. `take` names the source whose table is used; differences of X'15' and X'25' (NEL and LF)
 * are not listed, they follow the `nel` option.
 */
export const decisions = {
  IBM278: { take: 'jdk', why: "its euro successor IBM1143 has `\\` at X'71' and `É` at X'E0' in both sources" },
  IBM285: { take: 'jdk', why: "X'A1' is the macron U+00AF, as both sources have it in the euro successor IBM1146" },
  IBM290: {
    take: 'jdk',
    why: 'half-width katakana and the small letters stand as in the single-byte half of IBM930, on which both sources agree; the other table is the page before small letters were added',
  },
  IBM420: { take: 'jdk', why: "X'45' is U+200B, as in the euro successor IBM16804" },
  IBM424: {
    take: 'jdk',
    why: "X'78', X'8F', X'B3' and X'BC' are as in the euro successor IBM12712, which comes from the other source",
  },
  IBM870: { take: 'jdk', why: "X'B0' is the dot above U+02D9, as in the euro successor IBM1153" },
  IBM871: { take: 'jdk', why: "its euro successor IBM1149 has `Þ` at X'4A' and `þ` at X'C0' in both sources" },
  IBM875: { take: 'jdk', why: "X'6A', X'74' and X'DD' are as in the euro successor IBM4971" },
  IBM918: {
    take: 'jdk',
    why: "the page holds Urdu presentation forms (X'70'–X'79' are U+06F0–U+06F9), like its Persian sibling IBM1097 in both sources; the other table has base letters only and leaves 26 bytes unmapped",
  },
  IBM1026: {
    take: 'jdk',
    why: "X'9D' is the cedilla U+00B8 and X'BC' the macron U+00AF, as in the euro successor IBM1155",
  },
  IBM1122: { take: 'glibc', why: "X'BC' is the macron U+00AF, as in the euro successor IBM1157" },
  IBM930: {
    take: 'glibc',
    why: "IBM930 and IBM939 share one double-byte half, and so do their successors IBM1390 and IBM1399: X'4260' is U+2212, X'426A' U+00A6, X'43A1' U+301C, X'444A' U+2014, X'447C' U+2016 in all four; the other source differs between IBM930 and IBM939",
  },
  IBM939: { take: 'glibc', why: 'as IBM930' },
};

/** What is done to a table that only one source has, or that both have alike, and why. */
export const repairs = {
  'EBCDIC-IS-FRISS':
    "its control bytes X'00'–X'3F' and X'FF' are those of every other page (the source gives them their ASCII meaning or none)",
  IBM1390: "bytes that the source gives as U+001A (substitute) are unmapped, except X'3F'",
  IBM1399: "bytes that the source gives as U+001A (substitute) are unmapped, except X'3F'",
};

/** Mixed page -> the CCSID of its double-byte half. */
export const doubleByteHalves = {
  IBM930: 'IBM300',
  IBM933: 'IBM834',
  IBM935: 'IBM837',
  IBM937: 'IBM835',
  IBM939: 'IBM300',
  IBM1364: 'IBM4930',
  IBM1371: 'IBM9027',
  IBM1388: 'IBM4933',
  IBM1390: 'IBM16684',
  IBM1399: 'IBM16684',
};

/** For the page list in the manual. */
export const purposes = {
  IBM037: 'United States, Canada, Brazil, Netherlands, Portugal',
  IBM038: 'International (old)',
  IBM256: 'International (Netherlands, old)',
  IBM273: 'Germany, Austria',
  IBM274: 'Belgium (old)',
  IBM275: 'Brazil (old)',
  IBM277: 'Denmark, Norway',
  IBM278: 'Finland, Sweden',
  IBM280: 'Italy',
  IBM281: 'Japan, Latin (old)',
  IBM284: 'Spain, Latin America',
  IBM285: 'United Kingdom',
  IBM290: 'Japan, katakana',
  IBM297: 'France',
  IBM420: 'Arabic',
  IBM423: 'Greece (old)',
  IBM424: 'Hebrew',
  IBM500: 'International, Belgium, Switzerland',
  IBM803: 'Hebrew (old)',
  IBM833: 'Korea, single-byte',
  IBM838: 'Thailand',
  IBM870: 'Central Europe',
  IBM871: 'Iceland',
  IBM875: 'Greece',
  IBM880: 'Cyrillic (old)',
  IBM905: 'Turkey (old)',
  IBM918: 'Urdu',
  IBM930: 'Japan, katakana, mixed',
  IBM933: 'Korea, mixed',
  IBM935: 'Simplified Chinese, mixed',
  IBM937: 'Traditional Chinese, mixed',
  IBM939: 'Japan, Latin, mixed',
  IBM1025: 'Cyrillic',
  IBM1026: 'Turkey',
  IBM1047: 'Open systems (z/OS UNIX), Latin-1',
  IBM1097: 'Persian',
  IBM1112: 'Baltic',
  IBM1122: 'Estonia',
  IBM1123: 'Ukraine',
  IBM1130: 'Vietnam',
  IBM1132: 'Laos',
  IBM1137: 'Devanagari',
  IBM1140: 'IBM037 with the euro',
  IBM1141: 'IBM273 with the euro',
  IBM1142: 'IBM277 with the euro',
  IBM1143: 'IBM278 with the euro',
  IBM1144: 'IBM280 with the euro',
  IBM1145: 'IBM284 with the euro',
  IBM1146: 'IBM285 with the euro',
  IBM1147: 'IBM297 with the euro',
  IBM1148: 'IBM500 with the euro',
  IBM1149: 'IBM871 with the euro',
  IBM1153: 'IBM870 with the euro',
  IBM1154: 'IBM1025 with the euro',
  IBM1155: 'IBM1026 with the euro',
  IBM1156: 'IBM1112 with the euro',
  IBM1157: 'IBM1122 with the euro',
  IBM1158: 'IBM1123 with the euro',
  IBM1160: 'Thailand with the euro',
  IBM1164: 'Vietnam with the euro',
  IBM1166: 'Kazakhstan',
  IBM1364: 'Korea with the euro, mixed',
  IBM1371: 'Traditional Chinese with the euro, mixed',
  IBM1388: 'Simplified Chinese (GB 18030), mixed',
  IBM1390: 'Japan, katakana, with the euro, mixed',
  IBM1399: 'Japan, Latin, with the euro, mixed',
  IBM4517: 'Arabic, French',
  IBM4899: 'Hebrew (old) with the euro',
  IBM4971: 'IBM875 with the euro',
  IBM9030: 'Thailand, extended',
  IBM12712: 'IBM424 with the euro',
  IBM16804: 'IBM420 with the euro',
};
