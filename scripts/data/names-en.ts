import { pinyin } from 'pinyin-pro'

/**
 * English names of units, made by rule: pinyin without tones, joined, with the kind of unit in English; the tables below
 * hold what the rule cannot know. ü is written yu, so that a name is plain letters.
 */

const provinces: Readonly<Record<string, string>> = {
  北京市: 'Beijing Municipality',
  天津市: 'Tianjin Municipality',
  上海市: 'Shanghai Municipality',
  重庆市: 'Chongqing Municipality',
  陕西省: 'Shaanxi Province',
  内蒙古自治区: 'Inner Mongolia Autonomous Region',
  广西壮族自治区: 'Guangxi Zhuang Autonomous Region',
  西藏自治区: 'Tibet Autonomous Region',
  宁夏回族自治区: 'Ningxia Hui Autonomous Region',
  新疆维吾尔自治区: 'Xinjiang Uygur Autonomous Region',
}

/** Names that are not pinyin in English use, and names of Mongol banners, with the words of their parts. */
const customStems: Readonly<Record<string, string>> = {
  呼和浩特: 'Hohhot',
  鄂尔多斯: 'Ordos',
  呼伦贝尔: 'Hulunbuir',
  巴彦淖尔: 'Bayannur',
  乌兰察布: 'Ulanqab',
  兴安: 'Hinggan',
  锡林郭勒: 'Xilingol',
  锡林浩特: 'Xilinhot',
  乌兰浩特: 'Ulanhot',
  二连浩特: 'Erenhot',
  霍林郭勒: 'Holingol',
  阿尔山: 'Arxan',
  海拉尔: 'Hailar',
  扎赉诺尔: 'Jalainur',
  扎兰屯: 'Zalantun',
  额尔古纳: 'Ergun',
  根河: 'Genhe',
  和林格尔: 'Horinger',
  托克托: 'Togtoh',
  土默特: 'Tumed',
  达尔罕茂明安: 'Darhan Muminggan',
  阿鲁科尔沁: 'Ar Horqin',
  巴林: 'Bairin',
  克什克腾: 'Hexigten',
  翁牛特: 'Ongniud',
  喀喇沁: 'Harqin',
  敖汉: 'Aohan',
  科尔沁: 'Horqin',
  库伦: 'Hure',
  奈曼: 'Naiman',
  扎鲁特: 'Jarud',
  扎赉特: 'Jalaid',
  达拉特: 'Dalad',
  准格尔: 'Jungar',
  鄂托克: 'Otog',
  杭锦: 'Hanggin',
  乌审: 'Uxin',
  伊金霍洛: 'Ejin Horo',
  康巴什: 'Kangbashi',
  阿荣: 'Arun',
  莫力达瓦: 'Morin Dawa',
  陈巴尔虎: 'Chen Barag',
  新巴尔虎: 'New Barag',
  乌拉特: 'Urad',
  察哈尔: 'Qahar',
  四子王: 'Siziwang',
  阿巴嘎: 'Abag',
  苏尼特: 'Sonid',
  东乌珠穆沁: 'East Ujimqin',
  西乌珠穆沁: 'West Ujimqin',
  太仆寺: 'Taibus',
  阿拉善: 'Alxa',
  额济纳: 'Ejina',
  前郭尔罗斯: 'Qian Gorlos',
  杜尔伯特: 'Dorbod',
  哈尔滨: 'Harbin',
  齐齐哈尔: 'Qiqihar',
  拉萨: 'Lhasa',
  日喀则: 'Xigaze',
  昌都: 'Qamdo',
  林芝: 'Nyingchi',
  那曲: 'Nagqu',
  阿里: 'Ngari',
  甘孜: 'Garze',
  果洛: 'Golog',
  格尔木: 'Golmud',
  德令哈: 'Delingha',
  乌鲁木齐: 'Urumqi',
  克拉玛依: 'Karamay',
  吐鲁番: 'Turpan',
  博尔塔拉: 'Bortala',
  巴音郭楞: 'Bayingolin',
  库尔勒: 'Korla',
  阿克苏: 'Aksu',
  克孜勒苏: 'Kizilsu',
  阿图什: 'Artux',
  喀什: 'Kashgar',
  和田: 'Hotan',
  伊犁: 'Ili',
  阿勒泰: 'Altay',
  奎屯: 'Kuytun',
  阿拉尔: 'Aral',
  图木舒克: 'Tumxuk',
  巴里坤: 'Barkol',
  和布克赛尔: 'Hoboksar',
  察布查尔: 'Qapqal',
  塔什库尔干: 'Taxkorgan',
  乌什: 'Wushi',
  库车: 'Kuqa',
  霍尔果斯: 'Horgos',
  可克达拉: 'Kokdala',
  昆玉: 'Kunyu',
  白云鄂博: 'Bayan Obo',
  香格里拉: 'Shangri-La',
  马尔康: 'Barkam',
  若尔盖: 'Zoige',
  阿克塞: 'Aksay',
}

/** Readings that a dictionary of common words gets wrong in a place's name. */
const readings: Readonly<Record<string, string>> = {
  乐亭: 'lao ting',
  蔚: 'yu',
  繁峙: 'fan shi',
  洪洞: 'hong tong',
  万柏林: 'wan bai lin',
  长子: 'zhang zi',
  珲春: 'hun chun',
  穆棱: 'mu ling',
  绥棱: 'sui ling',
  丹棱: 'dan ling',
  闵行: 'min hang',
  六合: 'lu he',
  六安: 'lu an',
  涡阳: 'guo yang',
  歙: 'she',
  单: 'shan',
  浚: 'xun',
  和: 'he',
  召陵: 'shao ling',
  泌阳: 'bi yang',
  黄陂: 'huang pi',
  大埔: 'da bu',
  筠连: 'jun lian',
  吴堡: 'wu bu',
  红寺堡: 'hong si bu',
  宕昌: 'tan chang',
  民乐: 'min le',
  称多: 'chen duo',
  尉犁: 'yu li',
  铅山: 'yan shan',
  犍为: 'qian wei',
  荥经: 'ying jing',
  枞阳: 'zong yang',
  亳州: 'bo zhou',
  阜平: 'fu ping',
}

/** A character that has one reading in places' names, whatever it has elsewhere. */
const characters: Readonly<Record<string, string>> = { 都: 'du', 什: 'shi', 曾: 'zeng', 勐: 'meng' }

const peoples: Readonly<Record<string, string>> = {
  满族: 'Manchu',
  蒙古族: 'Mongol',
  蒙古: 'Mongol',
  回族: 'Hui',
  藏族: 'Tibetan',
  维吾尔: 'Uygur',
  哈萨克族: 'Kazakh',
  哈萨克: 'Kazakh',
  柯尔克孜: 'Kirgiz',
  塔吉克: 'Tajik',
  锡伯: 'Xibe',
  朝鲜族: 'Korean',
  鄂伦春: 'Oroqen',
  鄂温克族: 'Ewenki',
  达斡尔族: 'Daur',
  畲族: 'She',
  土家族: 'Tujia',
  苗族: 'Miao',
  侗族: 'Dong',
  瑶族: 'Yao',
  壮族: 'Zhuang',
  仫佬族: 'Mulao',
  毛南族: 'Maonan',
  黎族: 'Li',
  彝族: 'Yi',
  羌族: 'Qiang',
  水族: 'Shui',
  布依族: 'Buyei',
  仡佬族: 'Gelao',
  哈尼族: 'Hani',
  傣族: 'Dai',
  拉祜族: 'Lahu',
  佤族: 'Va',
  布朗族: 'Blang',
  纳西族: 'Naxi',
  白族: 'Bai',
  傈僳族: 'Lisu',
  普米族: 'Pumi',
  独龙族: 'Derung',
  怒族: 'Nu',
  景颇族: 'Jingpo',
  撒拉族: 'Salar',
  保安族: 'Bonan',
  东乡族: 'Dongxiang',
  裕固族: 'Yugur',
  土族: 'Tu',
  各族: 'Various Nationalities',
}

/** Endings of a name, the longest first, with the kind of unit in English; `isOf` says that a people may stand before it. */
const endings: readonly (readonly [zh: string, en: string, isOf: boolean])[] = [
  ['行政委员会', 'Administrative Committee', false],
  ['自治州', 'Autonomous Prefecture', true],
  ['自治县', 'Autonomous County', true],
  ['自治旗', 'Autonomous Banner', true],
  ['联合旗', 'United Banner', false],
  ['行委', 'Administrative Committee', false],
  ['地区', 'Prefecture', false],
  ['新区', 'New Area', false],
  ['特区', 'Special District', false],
  ['林区', 'Forestry District', false],
  ['矿区', 'Mining District', false],
  ['左旗', 'Left Banner', false],
  ['右旗', 'Right Banner', false],
  ['前旗', 'Front Banner', false],
  ['中旗', 'Middle Banner', false],
  ['后旗', 'Rear Banner', false],
  ['省', 'Province', false],
  ['市', 'City', false],
  ['盟', 'League', false],
  ['旗', 'Banner', false],
  ['县', 'County', false],
  ['区', 'District', true],
]

/** A district whose name only happens to end like a forestry district's. */
const notForestry = '万柏林区'

function readingOf(name: string, stem: string): string[] {
  const known = readings[stem]
  if (known !== undefined) return known.split(' ')
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true })
  return [...stem].map((char, index) => characters[char] ?? syllables[index]!.replaceAll(/v|ü/g, 'yu'))
}

function joined(syllables: readonly string[]): string {
  const word = syllables
    .map((syllable, index) => (index > 0 && /^[aoe]/.test(syllable) ? `'${syllable}` : syllable))
    .join('')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const wings: Readonly<Record<string, string>> = { 左翼: 'Left', 右翼: 'Right' }

function stemInEnglish(name: string, stem: string): string {
  const custom = customStems[stem]
  if (custom !== undefined) return custom
  const wing = wings[stem.slice(-2)]
  if (wing !== undefined) return `${stemInEnglish(name, stem.slice(0, -2))} ${wing}`
  return joined(readingOf(name, stem))
}

/** The peoples at the end of a name, and what stands before them. */
function withoutPeoples(stem: string): { rest: string; names: string[] } {
  const names: string[] = []
  let rest = stem
  for (;;) {
    const people = Object.keys(peoples).find((zh) => rest.endsWith(zh) && (zh.endsWith('族') || names.length === 0))
    if (people === undefined) return { rest, names }
    names.unshift(peoples[people]!)
    rest = rest.slice(0, -people.length)
  }
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(' ')} and ${names.at(-1)}`

export function englishName(name: string): string {
  const province = provinces[name]
  if (province !== undefined) return province
  const ending = endings.find(
    ([zh]) =>
      name.endsWith(zh) &&
      name.length - zh.length >= (zh.length > 1 ? 2 : 1) &&
      !(zh === '林区' && name === notForestry),
  )
  if (ending === undefined) throw new Error(`no kind of unit ends in the way of ${name}`)
  const [zh, en, isOf] = ending
  const stem = name.slice(0, -zh.length)
  if (!isOf) return `${stemInEnglish(name, stem)} ${en}`
  const { rest, names } = withoutPeoples(stem)
  return [rest === '' ? '' : stemInEnglish(name, rest), listed(names), en].filter((part) => part !== '').join(' ')
}
