import { createHash } from 'node:crypto'

/**
 * Names of officials who do not exist, for demonstrations: made from a seed, so that a seat has the same made-up holder on
 * every machine. A screen or a file that shows one says that it is made up.
 */

/** Surname, pinyin, weight: about their shares in thousandths of the population. */
const surnameTable = `
王 Wang 72|李 Li 71|张 Zhang 67|刘 Liu 54|陈 Chen 47|杨 Yang 32|赵 Zhao 23|黄 Huang 23|周 Zhou 20|吴 Wu 20|徐 Xu 15|孙 Sun 14|胡 Hu 13
朱 Zhu 13|高 Gao 12|林 Lin 12|何 He 12|郭 Guo 11|马 Ma 11|罗 Luo 9|梁 Liang 9|宋 Song 8|郑 Zheng 8|谢 Xie 8|韩 Han 7|唐 Tang 7|冯 Feng 7
于 Yu 7|董 Dong 6|萧 Xiao 6|程 Cheng 6|曹 Cao 6|袁 Yuan 6|邓 Deng 6|许 Xu 6|傅 Fu 5|沈 Shen 5|曾 Zeng 5|彭 Peng 5|吕 Lyu 5|苏 Su 5
卢 Lu 5|蒋 Jiang 5|蔡 Cai 5|贾 Jia 4|丁 Ding 4|魏 Wei 4|薛 Xue 4|叶 Ye 4|阎 Yan 4|余 Yu 4|潘 Pan 4|杜 Du 4|戴 Dai 4|夏 Xia 4|钟 Zhong 4
汪 Wang 4|田 Tian 4|任 Ren 4|姜 Jiang 4|范 Fan 4|方 Fang 4|石 Shi 3|姚 Yao 3|谭 Tan 3|廖 Liao 3|邹 Zou 3|熊 Xiong 3|金 Jin 3|陆 Lu 3
郝 Hao 3|孔 Kong 3|白 Bai 3|崔 Cui 3|康 Kang 3|毛 Mao 2|邱 Qiu 3|秦 Qin 3|江 Jiang 2|史 Shi 2|顾 Gu 2|侯 Hou 2|邵 Shao 2|孟 Meng 2
龙 Long 2|万 Wan 2|段 Duan 2|章 Zhang 2|钱 Qian 2|汤 Tang 2|尹 Yin 2|黎 Li 2|易 Yi 2|常 Chang 2|武 Wu 2|乔 Qiao 2|贺 He 2|赖 Lai 2
龚 Gong 2|文 Wen 2|施 Shi 2|洪 Hong 2|季 Ji 1|莫 Mo 1|柳 Liu 1|申 Shen 1|安 An 1|严 Yan 1|温 Wen 1|牛 Niu 1|葛 Ge 1|祝 Zhu 1|纪 Ji 1
向 Xiang 1|覃 Qin 1|韦 Wei 2|关 Guan 1|齐 Qi 1|倪 Ni 1|庄 Zhuang 1|聂 Nie 1|焦 Jiao 1|欧阳 Ouyang 1|上官 Shangguan 1|司马 Sima 1`

/** Characters of given names, pinyin, weight. */
const givenTable = `
伟 wei 9|华 hua 9|明 ming 9|国 guo 8|文 wen 8|建 jian 8|志 zhi 8|军 jun 7|平 ping 7|红 hong 6|丽 li 6|春 chun 6|海 hai 6|玉 yu 6|强 qiang 5
永 yong 6|林 lin 5|云 yun 5|燕 yan 4|英 ying 5|敏 min 5|杰 jie 5|涛 tao 5|波 bo 5|辉 hui 5|峰 feng 5|刚 gang 4|勇 yong 4|兰 lan 4|芳 fang 5
静 jing 4|娟 juan 4|霞 xia 4|梅 mei 4|琴 qin 3|玲 ling 4|萍 ping 4|艳 yan 3|莉 li 3|洁 jie 3|慧 hui 4|雪 xue 3|婷 ting 2|晓 xiao 6|小 xiao 4
新 xin 4|德 de 5|成 cheng 5|福 fu 3|生 sheng 4|金 jin 4|宝 bao 3|庆 qing 4|祥 xiang 3|荣 rong 4|光 guang 4|清 qing 3|正 zheng 3
东 dong 4|立 li 4|宏 hong 4|世 shi 3|学 xue 3|良 liang 3|义 yi 3|忠 zhong 3|民 min 3|安 an 3|康 kang 2|宁 ning 2|瑞 rui 2|嘉 jia 2|振 zhen 3
兴 xing 3|旺 wang 1|昌 chang 2|贵 gui 2|富 fu 1|山 shan 2|川 chuan 1|江 jiang 2|河 he 1|洋 yang 2|浩 hao 2|天 tian 2|宇 yu 2|航 hang 1
飞 fei 3|鹏 peng 3|龙 long 2|虎 hu 1|俊 jun 4|彬 bin 2|斌 bin 4|武 wu 2|雄 xiong 1|豪 hao 1|超 chao 3|凯 kai 2|旭 xu 2|阳 yang 2|亮 liang 3
晨 chen 1|昊 hao 1|晖 hui 1|景 jing 1|传 chuan 1|继 ji 2|承 cheng 1|守 shou 1|思 si 2|敬 jing 1|仁 ren 1|礼 li 1|信 xin 1|诚 cheng 1|廉 lian 1
勤 qin 1|朴 pu 1|维 wei 2|伦 lun 1|长 chang 1|卫 wei 3|克 ke 2|开 kai 1|启 qi 1|远 yuan 2|定 ding 1|少 shao 1|广 guang 1|元 yuan 1|和 he 1
秀 xiu 4|桂 gui 3|淑 shu 2|彩 cai 1|凤 feng 2|月 yue 1|香 xiang 1|莲 lian 1|菊 ju 1|翠 cui 1|珍 zhen 2|美 mei 2|爱 ai 2|巧 qiao 1|素 su 1
佳 jia 1|欣 xin 1|怡 yi 1|雅 ya 1|琳 lin 1|瑶 yao 1|颖 ying 1|倩 qian 1|蓉 rong 1|薇 wei 1|岩 yan 1|松 song 2|柏 bai 1|森 sen 1|根 gen 1
树 shu 2|田 tian 1|苗 miao 1|泉 quan 2|源 yuan 1|润 run 1|泽 ze 1|洪 hong 1|石 shi 1|铁 tie 1|钢 gang 1|锋 feng 2|锐 rui 1|钧 jun 1|铭 ming 1`

/** Leaders of the nation and the provinces, whose names no made-up official bears. A chance likeness to others stays possible. */
export const excludedNames: ReadonlySet<string> = new Set(
  `毛泽东 周恩来 刘少奇 朱德 邓小平 陈云 林彪 江青 彭德怀 贺龙 陈毅 华国锋 胡耀邦 赵紫阳 杨尚昆 李先念 万里 乔石 江泽民 李鹏 朱镕基 李瑞环
李岚清 尉健行 胡锦涛 吴邦国 温家宝 贾庆林 曾庆红 黄菊 吴官正 李长春 罗干 习近平 李克强 周永康 张德江 俞正声 刘云山 王岐山 张高丽 栗战书
汪洋 王沪宁 赵乐际 韩正 李强 蔡奇 丁薛祥 李希 胡春华 孙春兰 刘鹤 刘延东 马凯 李源潮 许其亮 范长龙 孟建柱 赵洪祝 杜青林 郭金龙 薄熙来 徐才厚
郭伯雄 令计划 苏荣 孙政才 回良玉 刘永富 王勇 王毅 秦刚 李尚福 杨洁篪 陈全国 陈敏尔 黄坤明 李鸿忠 郭声琨 张又侠 何立峰 张国清 石泰峰 李干杰
陈文清 刘国中 陈吉宁 尹力 马兴瑞 袁家军 李书磊 吴英杰 王君 强卫 夏宝龙 娄勤俭 骆惠宁 王东明 彭清华 尤权 林铎 王三运 巴音朝鲁 王宪魁 张庆伟
赵克志 王儒林 楼阳生 李锦斌 王学军 刘奇 鹿心社 谢伏瞻 王国生 蒋超良 应勇 徐守盛 杜家毫 许达哲 罗保铭 刘赐贵 沈晓明 孙志刚 谌贻琴 阮成发 陈豪
胡和平 王建军 李建华 咸辉 陈润儿 王文涛 唐仁健 韩长赋 胡泽君 黄守宏 欧青平 夏更生 洪天云 王正伟 李纪恒 布小林 许勤 张国华 周强 曹建明 张军
陈希 杨晓渡 肖捷 赵克志 魏凤和 常万全 苗圩 楼继伟 胡静林 刘昆 高虎城 钟山 陈宝生 袁贵仁 李立国 黄树贤 姜大明 陆昊 陈政高 王蒙徽 杨传堂 李小鹏
陈雷 鄂竟平 李斌 马晓伟 易纲 周小川 徐绍史 林建华 张茅 王晓涛 王晨 陈竺 王东峰 吉炳轩 沈跃跃 艾力更 万鄂湘 曹建明 张春贤 白玛赤林 丁仲礼 郝明金`.split(
    /\s+/,
  ),
)

interface Weighted {
  total: number
  entries: readonly { zh: string; en: string; upTo: number }[]
}

function weighted(table: string): Weighted {
  let total = 0
  const entries = table
    .trim()
    .split(/[|\n]/)
    .map((entry) => {
      const [zh, en, weight] = entry.split(' ')
      total += Number(weight)
      return { zh: zh!, en: en!, upTo: total }
    })
  return { total, entries }
}

const surnames = weighted(surnameTable)
const womens = new Set('丽红燕英敏兰芳静娟霞梅琴玲萍艳莉洁慧雪婷秀桂淑彩凤月香莲菊翠珍美爱巧素佳欣怡雅琳瑶颖倩蓉薇')
const mens = new Set('伟国建志军强永刚勇峰波涛杰辉德福宏忠义振昌富山豪彬斌武雄龙虎鹏超凯亮浩昊守继廉卫铁钢锋根钧树')
const givenWithout = (others: ReadonlySet<string>) =>
  weighted(
    givenTable
      .split(/[|\n]/)
      .filter((entry) => entry !== '' && !others.has(entry[0]!))
      .join('|'),
  )
const womensGivens = givenWithout(mens)
const mensGivens = givenWithout(womens)

function pick(table: Weighted, random: number) {
  const place = random % table.total
  return table.entries.find((entry) => place < entry.upTo)!
}

const isVowelFirst = (syllable: string) => /^[aoe]/.test(syllable)
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** The made-up person of a seed, surname first in both scripts; never somebody of `excludedNames`. */
export function madeUpPerson(seed: string): { zh: string; en: string } {
  for (let attempt = 0; ; attempt++) {
    const bytes = createHash('sha256').update(`made-up person ${attempt} ${seed}`).digest()
    const surname = pick(surnames, bytes.readUInt32BE(0))
    const givens = bytes[9]! < 56 ? womensGivens : mensGivens
    const first = pick(givens, bytes.readUInt32BE(4))
    const second = bytes[8]! < 236 ? pick(givens, bytes.readUInt32BE(12)) : undefined
    const zh = surname.zh + first.zh + (second?.zh ?? '')
    // A given name of one character twice over is a child's name, hardly a secretary's.
    if (excludedNames.has(zh) || first === second) continue
    const joint = second !== undefined && isVowelFirst(second.en) ? "'" : ''
    return { zh, en: `${surname.en} ${capital(first.en)}${joint}${second?.en ?? ''}` }
  }
}
