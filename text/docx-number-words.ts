/**
 * Numbers in words, as Word's formats of ECMA-376, 17.18.59 name them: what a list may count in beside
 * digits and letters. Beyond what is said at each they come out as digits.
 */

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = " . twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS: Record<string, string> = {
  one: "first",
  two: "second",
  three: "third",
  five: "fifth",
  eight: "eighth",
  nine: "ninth",
  twelve: "twelfth",
};

/** 0 to 999. */
export function english(number: number): string {
  if (number < 0 || number > 999) return String(number);
  if (number < 20) return ONES[number] ?? "";
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  if (hundreds === 0)
    return [TENS[Math.floor(rest / 10)], ...(rest % 10 ? [ONES[rest % 10]] : [])].join("-");
  return [ONES[hundreds], "hundred", ...(rest > 0 ? [english(rest)] : [])].join(" ");
}

export function englishOrdinal(number: number): string {
  return english(number).replace(
    /[a-z]+$/,
    (last) => ORDINALS[last] ?? `${last.replace(/y$/, "ie")}th`,
  );
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An amount as it is written on a cheque: "One and 00/100". */
export function dollarText(number: number): string {
  return `${capitalized(english(number))} and 00/100`;
}

const THAI = " หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split(" ");

/** 1 to 999: one is เอ็ด behind a ten, two is ยี่ before it. */
export function thai(number: number): string {
  if (number < 1 || number > 999) return String(number);
  const [hundreds, tens, ones] = [
    Math.floor(number / 100),
    Math.floor(number / 10) % 10,
    number % 10,
  ];
  const ten = ["", "สิบ", "ยี่สิบ"][tens] ?? `${THAI[tens]}สิบ`;
  const one = ones === 1 && number > 10 ? "เอ็ด" : (THAI[ones] ?? "");
  return `${hundreds > 0 ? `${THAI[hundreds]}ร้อย` : ""}${ten}${one}`;
}

/** The amount in baht, without satang. */
export function bahtText(number: number): string {
  return `${thai(number)}บาทถ้วน`;
}

const VIETNAMESE = "không một hai ba bốn năm sáu bảy tám chín".split(" ");

/** 1 to 99: behind a ten five is lăm, and one is mốt from twenty on. */
export function vietnamese(number: number): string {
  if (number < 1 || number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const word = VIETNAMESE[ones] ?? "";
  if (tens === 0) return word;
  const ten = tens === 1 ? "mười" : `${VIETNAMESE[tens]} mươi`;
  const one = ones === 5 ? "lăm" : ones === 1 && tens > 1 ? "mốt" : word;
  return ones === 0 ? ten : `${ten} ${one}`;
}

/** No rule makes these from those of tens and ones. */
const HINDI =
  "शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास".split(
    " ",
  );

/** 0 to 50. */
export function hindi(number: number): string {
  return HINDI[number] ?? String(number);
}
