/** The characters Chinese texts use most, as written in simplified and in traditional, and their punctuation. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运省县镇村街道办局委府党厅市民网友消息通知公告请与及元号';
const TRADITIONAL =
  '這個們來為國說時會對過發後裡經學動還進實無與長機開關點業將兩間問應戰頭體見產內話給門東聲員論處義幾條氣題爾別變總電數報結務場計資區隊達強難權則聽書馬許統決類據邊張該規萬覺術領確傳師觀讓識帶導爭運縣鎮辦黨廳網請號於種樣當沒麼現從想軍並臺灣幣線價環境報導訊車員警';
const PUNCTUATION = '，。、；：？！“”‘’（）《》【】…—·　「」';

const COMMON = new Set(SIMPLIFIED + TRADITIONAL + PUNCTUATION);

/**
 * How much of a text's Chinese is everyday Chinese: bytes read in the wrong encoding give rare characters.
 *
 * @returns share of the characters beyond ASCII that are common, 0 to 1; 0 when there are none
 */
export function commonRatio(text: string): number {
  let beyond = 0;
  let common = 0;
  for (const character of text) {
    if (character <= '\u007f') continue;
    beyond += 1;
    if (COMMON.has(character)) common += 1;
  }
  return beyond === 0 ? 0 : common / beyond;
}
