/** Words of German, French, Spanish and Italian that artists ask with, and that are no English words. */
const WORDS =
  /(?<![\p{L}\p{M}])(?:bitte|mach|mache|und|mehr|weniger|schritte|größer|groesser|kleiner|schneller|langsamer|nicht|noch|einen?|auflösung|bild|étapes|moins|plutôt|taille|rends|rendre|s'il|más|menos|pasos|imagen|tamaño|renderiza|passi|più|meno|immagine)(?![\p{L}\p{M}])/iu;

/** True for a request that reads as another language than the one that is understood. */
export function isOtherLanguage(request: string): boolean {
  return WORDS.test(request);
}
