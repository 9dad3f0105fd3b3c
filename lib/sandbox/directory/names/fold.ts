/**
 * The form in which two texts are compared. AD compares Unicode strings without regard to case, accents, width
 * and the two kinds of kana (MS-ADTS 3.1.1.2.2.4.13: NORM_IGNORECASE, NORM_IGNORENONSPACE, NORM_IGNOREWIDTH,
 * NORM_IGNOREKANATYPE), so `Zoë` and `ZOE` are one name. Samba regards accents.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60))
    .toLowerCase();
}

const plain = /^[ -~]*$/;
