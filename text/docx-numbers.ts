import {
  bahtText,
  capitalized,
  dollarText,
  english,
  englishOrdinal,
  hindi,
  thai,
  vietnamese,
} from "./docx-number-words";

/** Ten digits from zero, and the signs of ten, a hundred and a thousand. */
type Counting = { digits: string; units: string; isOneSaid?: boolean; isGapSaid?: boolean };

const CHINESE = "零一二三四五六七八九";
const MODERN = { isOneSaid: true, isGapSaid: true };
const chinese = counting({ digits: CHINESE, units: "十百千", ...MODERN });
const legal = counting({ digits: "零壹贰叁肆伍陆柒捌玖", units: "拾佰仟", ...MODERN });
const traditional = counting({ digits: "零壹貳參肆伍陸柒捌玖", units: "拾佰仟", ...MODERN });
const ideographs = spelling(`〇${CHINESE.slice(1)}`);
const circled = from("①", 20);
const katakana =
  "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const iroha =
  "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const hangul = "가나다라마바사아자차카타파하";
const russian = "абвгдежзиклмнопрстуфхцчшщэюя";
const stems = "甲乙丙丁戊己庚辛壬癸";
const branches = "子丑寅卯辰巳午未申酉戌亥";

/** ECMA-376, 17.18.59 (ST_NumberFormat): what Word writes otherwise than in our digits. */
const FORMATS: Record<string, (number: number) => string> = {
  none: () => "",
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (number) => String(number).padStart(2, "0"),
  numberInDash: (number) => `- ${number} -`,
  hex: (number) => number.toString(16).toUpperCase(),
  lowerLetter: repeating("abcdefghijklmnopqrstuvwxyz"),
  upperLetter: repeating("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  lowerRoman: (number) => roman(number).toLowerCase(),
  upperRoman: roman,
  ordinal: (number) => `${number}${ordinalEnd(number)}`,
  cardinalText: (number) => capitalized(english(number)),
  ordinalText: (number) => capitalized(englishOrdinal(number)),
  chicago: repeating("*†‡§"),
  chineseCounting: chinese,
  chineseCountingThousand: chinese,
  taiwaneseCounting: chinese,
  taiwaneseCountingThousand: chinese,
  japaneseCounting: counting({ digits: CHINESE, units: "十百千" }),
  koreanCounting: counting({ digits: "영일이삼사오육칠팔구", units: "십백천" }),
  koreanLegal: (number) => koreanNative(number),
  chineseLegalSimplified: legal,
  ideographLegalTraditional: traditional,
  japaneseLegal: counting({ digits: "〇壱弐参四伍六七八九", units: "拾百阡", isOneSaid: true }),
  ideographDigital: ideographs,
  taiwaneseDigital: spelling(`○${CHINESE.slice(1)}`),
  japaneseDigitalTenThousand: ideographs,
  koreanDigital: spelling("영일이삼사오육칠팔구"),
  koreanDigital2: spelling(CHINESE),
  hindiNumbers: spelling("०१२३४५६७८९"),
  thaiNumbers: spelling("๐๑๒๓๔๕๖๗๘๙"),
  decimalFullWidth: spelling("０１２３４５６７８９"),
  decimalFullWidth2: spelling("０１２３４５６７８９"),
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedFullstop: from("⒈", 20),
  decimalEnclosedParen: from("⑴", 20),
  ideographEnclosedCircle: from("㊀", 10),
  ideographTraditional: among(stems),
  ideographZodiac: among(branches),
  ideographZodiacTraditional: (number) =>
    number >= 1 && number <= 60
      ? stems.charAt((number - 1) % 10) + branches.charAt((number - 1) % 12)
      : String(number),
  aiueo: repeating(katakana),
  aiueoFullWidth: repeating(katakana),
  iroha: repeating(iroha),
  irohaFullWidth: repeating(iroha),
  ganada: repeating(hangul),
  chosung: repeating("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
  russianLower: repeating(russian),
  russianUpper: repeating(russian.toUpperCase()),
  hebrew1: hebrew,
  hebrew2: repeating("אבגדהוזחטיכלמנסעפצקרשת"),
  arabicAlpha: repeating("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
  arabicAbjad: repeating("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
  // Word's HindiLetter1 and HindiLetter2.
  hindiVowels: repeating("अआइईउऊऋएऐओऔ"),
  hindiConsonants: repeating("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"),
  hindiCounting: hindi,
  thaiCounting: thai,
  vietnameseCounting: vietnamese,
  bahtText,
  dollarText,
  thaiLetters: repeating("กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
};

/** Writes a number as Word's `numFmt` names it; in digits where we do not know its signs. */
export function formatNumber(number: number, format: string): string {
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return write ? write(number) : String(number);
}

/** Whether `formatNumber` writes as Word does; otherwise the author is told. */
export function isKnownFormat(format: string): boolean {
  return Object.hasOwn(FORMATS, format);
}

function spelling(digits: string): (number: number) => string {
  return (number) =>
    Array.from(String(number), (digit) => digits.charAt(Number(digit)) || digit).join("");
}

/** Signs that follow each other in Unicode, up to the last; from there on digits. */
function from(first: string, last: number): (number: number) => string {
  return (number) =>
    number >= 1 && number <= last
      ? String.fromCharCode(first.charCodeAt(0) + number - 1)
      : String(number);
}

function among(signs: string): (number: number) => string {
  return (number) => signs.charAt(number - 1) || String(number);
}

/** 1 → a, 26 → z, 27 → aa, 28 → bb, as Word counts. */
function repeating(letters: string): (number: number) => string {
  return (number) =>
    number < 1 || number > 30 * letters.length
      ? String(number)
      : letters.charAt((number - 1) % letters.length).repeat(Math.ceil(number / letters.length));
}

/**
 * 12 → 十二, 105 → 一百零五; from 10,000 on as digits. `isOneSaid`: 一百, not 百 (at the beginning a
 * ten is never said so in Chinese); `isGapSaid`: 一百零五, not 一百五.
 */
function counting({ digits, units, isOneSaid, isGapSaid }: Counting): (number: number) => string {
  const said = (digit: number, unit: string) =>
    digit === 1 && unit !== "" && !isOneSaid ? unit : digits.charAt(digit) + unit;
  const spelled = (number: number) => {
    let text = "";
    for (const [index, digit] of Array.from(String(number), Number).entries()) {
      const unit = units.charAt(String(number).length - index - 2);
      if (digit > 0) text += said(digit, unit);
      else if (isGapSaid) text += " ";
    }
    return text.trimEnd().replace(/ +/g, digits.charAt(0));
  };
  return (number) => {
    if (number < 0 || number >= 10_000) return String(number);
    if (number === 0) return digits.charAt(0);
    return isGapSaid && number >= 10 && number < 20 ? spelled(number).slice(1) : spelled(number);
  };
}

const KOREAN_ONES = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
const KOREAN_TENS = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];

function koreanNative(number: number): string {
  if (number < 1 || number > 99) return String(number);
  return `${KOREAN_TENS[Math.floor(number / 10)]}${KOREAN_ONES[number % 10]}`;
}

/** Numerals of letters; 15 and 16 are written 9 + 6 and 9 + 7. */
function hebrew(number: number): string {
  if (number < 1 || number > 499) return String(number);
  const rest = number % 100;
  const tail =
    rest === 15 || rest === 16
      ? `ט${rest === 15 ? "ו" : "ז"}`
      : `${" יכלמנסעפצ".charAt(Math.floor(rest / 10))}${" אבגדהוזחט".charAt(rest % 10)}`;
  return `${" קרשת".charAt(Math.floor(number / 100))}${tail}`.replaceAll(" ", "");
}

function ordinalEnd(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  return (teen ? "" : ["", "st", "nd", "rd"][number % 10]) || "th";
}

const ROMAN: [number, string][] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function roman(number: number): string {
  if (number < 1 || number >= 4_000) return String(number);
  let rest = number;
  let text = "";
  for (const [value, sign] of ROMAN) {
    text += sign.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return text;
}
