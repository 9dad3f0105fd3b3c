/**
 * A PowerShell expression for this text that is one string literal, whatever the text is. PowerShell takes the
 * typographic quotes U+2018 to U+201B for the apostrophe (about_Quoting_Rules; its tokenizer's IsSingleQuote), so each
 * is doubled. What a reader can't see or that ends a line is written as a number outside of the quotes.
 */
export function powershellLiteral(text: string): string {
  const parts = text.split(/([\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+)/u).map((part, index) => {
    if (index % 2 === 0) return part === "" && index > 0 ? [] : [`'${part.replace(/['‘’‚‛]/g, "$&$&")}'`];
    return Array.from({ length: part.length }, (_, at) => `[char]0x${part.charCodeAt(at).toString(16)}`);
  });
  const expression = parts.flat().join(" + ");
  return parts.length === 1 ? expression : `(${expression})`;
}
