const DIGITS = "零一二三四五六七八九";
const LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖";

const chinese = (number: number) => counted(number, DIGITS, "十百千");
const legal = (number: number) => counted(number, LEGAL_DIGITS, "拾佰仟");
const digital = (number: number) =>
  spelled(number, (digit) => `〇${DIGITS.slice(1)}`.charAt(digit));
const fullWidth = (number: number) =>
  spelled(number, (digit) => String.fromCharCode(0xff10 + digit));
const circled = (number: number) =>
  number >= 1 && number <= 20 ? String.fromCharCode(0x2460 + number - 1) : String(number);

const FORMATS: Record<string, (number: number) => string> = {
  none: () => "",
  decimalZero: (number) => String(number).padStart(2, "0"),
  lowerLetter: letters,
  upperLetter: (number) => letters(number).toUpperCase(),
  lowerRoman: (number) => roman(number).toLowerCase(),
  upperRoman: roman,
  chineseCounting: chinese,
  chineseCountingThousand: chinese,
  japaneseCounting: chinese,
  taiwaneseCounting: chinese,
  taiwaneseCountingThousand: chinese,
  chineseLegalSimplified: legal,
  ideographLegalTraditional: legal,
  ideographDigital: digital,
  taiwaneseDigital: digital,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  ideographEnclosedCircle: circled,
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
};

/** Writes a number as Word's `numFmt` names it; formats that policies do not use come out as digits. */
export function formatNumber(number: number, format: string): string {
  const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return write ? write(number) : String(number);
}

function spelled(number: number, digit: (digit: number) => string): string {
  return Array.from(String(number), Number).map(digit).join("");
}

/** 12 → 十二, 105 → 一百零五; from 10,000 on as digits. */
function counted(number: number, digits: string, units: string): string {
  if (number < 0 || number >= 10_000) return String(number);
  if (number === 0) return digits.charAt(0);
  let text = "";
  let isGap = false;
  for (const [index, digit] of Array.from(String(number), Number).entries()) {
    const unit = units.charAt(String(number).length - index - 2);
    if (digit === 0) isGap = true;
    else {
      text += `${isGap ? digits.charAt(0) : ""}${digits.charAt(digit)}${unit}`;
      isGap = false;
    }
  }
  return number >= 10 && number < 20 ? text.slice(1) : text;
}

/** 1 → a, 26 → z, 27 → aa, 28 → bb, as Word counts. */
function letters(number: number): string {
  if (number < 1 || number > 780) return String(number);
  return String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.ceil(number / 26));
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
