/**
 * What has happened to the units since the campaign's first day, in the order in which it took hold, told as one line
 * each: day, status of the day, what happened, the unit as it was, the unit as it is then.
 *
 * - `become`    the unit carries on under another name, code or parent
 * - `merge`     the first unit ends, and the second carries on
 * - `split`     the second unit is cut out of the first
 * - `establish` the second unit is new
 *
 * K: the day of the approval is known, and not checked against the document. P: the day is not verified; the days
 * 2016-07-31 and 2019-10-31 say only that the change stands in the list of that day and not yet in the one before.
 * Where two units became one, the poor county is the one that carries on.
 */
export const changeLines = `
2015-07-23 K become 120221 宁河县 > 120117 宁河区
2015-07-23 K become 120223 静海县 > 120118 静海区
2015-07-23 K become 130323 抚宁县 > 130306 抚宁区
2015-07-23 K become 330322 洞头县 > 330305 洞头区
2015-08-01 K become 451025 靖西县 > 451081 靖西市
2015-08-01 K become 530522 腾冲县 > 530581 腾冲市
2015-10-13 K become 110228 密云县 > 110118 密云区
2015-10-13 K become 110229 延庆县 > 110119 延庆区
2015-10-13 K merge 310108 闸北区 > 310106 静安区
2015-10-13 K become 320202 崇安区 > 320213 梁溪区
2015-10-13 K split 320211 滨湖区 > 320214 新吴区
2015-10-13 K merge 320203 南长区 > 320213 梁溪区
2015-10-13 K merge 320204 北塘区 > 320213 梁溪区
2015-10-13 K become 340702 铜官山区 > 340705 铜官区
2015-10-13 K become 340721 铜陵县 > 340706 义安区
2015-10-13 K become 340823 枞阳县 > 340722 枞阳县
2015-10-13 K split 341522 霍邱县 > 341504 叶集区
2015-10-13 K merge 340703 狮子山区 > 340705 铜官区
2015-10-13 P become 411222 陕县 > 411203 陕州区
2015-10-13 P become 540125 堆龙德庆县 > 540103 堆龙德庆区
2015-10-13 P become 610521 华县 > 610503 华州区
2015-11-02 K become 513229 马尔康县 > 513201 马尔康市
2015-12-03 K become 341521 寿县 > 340422 寿县
2015-12-03 K become 510122 双流县 > 510116 双流区
2015-12-03 K become 530421 江川县 > 530403 江川区
2015-12-03 K become 610823 横山县 > 610803 横山区
2016-01-07 K merge 130705 宣化区 > 130721 宣化县
2016-01-07 K become 130721 宣化县 > 130705 宣化区
2016-01-07 K become 130729 万全县 > 130708 万全区
2016-01-07 K become 130733 崇礼县 > 130709 崇礼区
2016-01-07 K become 542200 山南地区 > 540500 山南市
2016-01-07 K become 542221 乃东县 > 540502 乃东区
2016-01-07 K become 542222 扎囊县 > 540521 扎囊县
2016-01-07 K become 542223 贡嘎县 > 540522 贡嘎县
2016-01-07 K become 542224 桑日县 > 540523 桑日县
2016-01-07 K become 542225 琼结县 > 540524 琼结县
2016-01-07 K become 542226 曲松县 > 540525 曲松县
2016-01-07 K become 542227 措美县 > 540526 措美县
2016-01-07 K become 542228 洛扎县 > 540527 洛扎县
2016-01-07 K become 542229 加查县 > 540528 加查县
2016-01-07 K become 542231 隆子县 > 540529 隆子县
2016-01-07 K become 542232 错那县 > 540530 错那县
2016-01-07 K become 542233 浪卡子县 > 540531 浪卡子县
2016-01-07 K become 652200 哈密地区 > 650500 哈密市
2016-01-07 K become 652201 哈密市 > 650502 伊州区
2016-01-07 K become 652222 巴里坤哈萨克自治县 > 650521 巴里坤哈萨克自治县
2016-01-07 K become 652223 伊吾县 > 650522 伊吾县
2016-01-15 P become 230833 抚远县 > 230883 抚远市
2016-01-15 P become 231024 东宁县 > 231086 东宁市
2016-01-20 P establish - > 659009 昆玉市
2016-03-20 P become 520321 遵义县 > 520304 播州区
2016-05-03 K become 512081 简阳市 > 510185 简阳市
2016-06-08 K become 120225 蓟县 > 120119 蓟州区
2016-06-08 K become 131181 冀州市 > 131103 冀州区
2016-06-08 K split 150602 东胜区 > 150603 康巴什区
2016-06-08 K become 310230 崇明县 > 310151 崇明区
2016-06-08 K become 320802 清河区 > 320812 清江浦区
2016-06-08 K become 320829 洪泽县 > 320813 洪泽区
2016-06-08 K merge 320811 清浦区 > 320812 清江浦区
2016-06-08 K become 370521 垦利县 > 370505 垦利区
2016-06-08 K become 500234 开县 > 500154 开州区
2016-06-16 P become 533321 泸水县 > 533301 泸水市
2016-07-31 P become 210122 辽中县 > 210115 辽中区
2016-07-31 P become 210282 普兰店市 > 210214 普兰店区
2016-07-31 P become 211121 大洼县 > 211104 大洼区
2016-07-31 P become 360402 庐山区 > 360402 濂溪区
2016-07-31 P become 360427 星子县 > 360483 庐山市
2016-07-31 P become 371727 定陶县 > 371703 定陶区
2016-07-31 P become 450221 柳江县 > 450206 柳江区
2016-07-31 P split 451102 八步区 > 451103 平桂区
2016-07-31 P become 510724 安县 > 510705 安州区
2016-07-31 P become 530328 沾益县 > 530303 沾益区
2016-07-31 P become 610624 安塞县 > 610603 安塞区
2016-09-14 K become 130428 肥乡县 > 130407 肥乡区
2016-09-14 K become 130429 永年县 > 130408 永年区
2016-09-14 K merge 130421 邯郸县 > 130403 丛台区
2016-09-14 K become 330283 奉化市 > 330213 奉化区
2016-09-14 K merge 330204 江东区 > 330212 鄞州区
2016-09-14 K split 440306 宝安区 > 440309 龙华区
2016-09-14 K split 440307 龙岗区 > 440310 坪山区
2016-10-16 P become 360721 赣县 > 360704 赣县区
2016-11-24 K become 361029 东乡县 > 361003 东乡区
2016-11-24 K become 411023 许昌县 > 411003 建安区
2016-11-24 K become 500228 梁平县 > 500155 梁平区
2016-11-24 K become 500232 武隆县 > 500156 武隆区
2016-11-24 K become 510124 郫县 > 510117 郫都区
2016-11-24 K become 530122 晋宁县 > 530115 晋宁区
2016-11-24 K become 610125 户县 > 610118 鄠邑区
2017-04-10 P become 130823 平泉县 > 130881 平泉市
2017-04-10 P become 520222 盘县 > 520281 盘州市
2017-07-18 K become 542400 那曲地区 > 540600 那曲市
2017-07-18 K become 540126 达孜县 > 540104 达孜区
2017-07-18 K become 542421 那曲县 > 540602 色尼区
2017-07-18 K become 542422 嘉黎县 > 540621 嘉黎县
2017-07-18 K become 542423 比如县 > 540622 比如县
2017-07-18 K become 542424 聂荣县 > 540623 聂荣县
2017-07-18 K become 542425 安多县 > 540624 安多县
2017-07-18 K become 542426 申扎县 > 540625 申扎县
2017-07-18 K become 542427 索县 > 540626 索县
2017-07-18 K become 542428 班戈县 > 540627 班戈县
2017-07-18 K become 542429 巴青县 > 540628 巴青县
2017-07-18 K become 542430 尼玛县 > 540629 尼玛县
2017-07-18 K become 542431 双湖县 > 540630 双湖县
2017-07-18 P become 610721 南郑县 > 610703 南郑区
2018-02-09 K become 140202 城区 > 140213 平城区
2018-02-09 K become 140211 南郊区 > 140214 云冈区
2018-02-09 K become 140227 大同县 > 140215 云州区
2018-02-09 K merge 140203 矿区 > 140214 云冈区
2018-02-22 K merge qinghai-lenghu 冷湖行委 > 632803 茫崖行委
2018-02-22 K become 632803 茫崖行委 > 632803 茫崖市
2018-05-24 K split 440306 宝安区 > 440311 光明区
2018-06-19 P become 140402 城区 > 140403 潞州区
2018-06-19 P become 140421 长治县 > 140404 上党区
2018-06-19 P become 140424 屯留县 > 140405 屯留区
2018-06-19 P become 140481 潞城市 > 140406 潞城区
2018-06-19 P merge 140411 郊区 > 140403 潞州区
2018-07-02 P become 340824 潜山县 > 340882 潜山市
2018-08-01 P become 522322 兴仁县 > 522302 兴仁市
2018-12-26 K become 371202 莱城区 > 370116 莱芜区
2018-12-26 K become 371203 钢城区 > 370117 钢城区
2018-12-26 K merge 371200 莱芜市 > 370100 济南市
2019-07-10 P become 361121 上饶县 > 361104 广信区
2019-08-01 P become 411626 淮阳县 > 411603 淮阳区
2019-08-01 P become 451021 田阳县 > 451003 田阳区
2019-08-30 P split 330327 苍南县 > 330383 龙港市
2019-10-31 P become 130223 滦县 > 130284 滦州市
2019-10-31 P become 140624 怀仁县 > 140681 怀仁市
2019-10-31 P become 230702 伊春区 > 230717 伊美区
2019-10-31 P become 230706 翠峦区 > 230718 乌翠区
2019-10-31 P become 230704 友好区 > 230719 友好区
2019-10-31 P become 230712 汤旺河区 > 230723 汤旺县
2019-10-31 P become 230707 新青区 > 230724 丰林县
2019-10-31 P become 230713 带岭区 > 230725 大箐山县
2019-10-31 P become 230703 南岔区 > 230726 南岔县
2019-10-31 P become 230709 金山屯区 > 230751 金林区
2019-10-31 P become 231121 嫩江县 > 231183 嫩江市
2019-10-31 P become 232723 漠河县 > 232701 漠河市
2019-10-31 P merge 230708 美溪区 > 230717 伊美区
2019-10-31 P merge 230711 乌马河区 > 230718 乌翠区
2019-10-31 P merge 230716 上甘岭区 > 230719 友好区
2019-10-31 P merge 230714 乌伊岭区 > 230723 汤旺县
2019-10-31 P merge 230710 五营区 > 230724 丰林县
2019-10-31 P merge 230715 红星区 > 230724 丰林县
2019-10-31 P merge 230705 西林区 > 230751 金林区
2019-10-31 P become 320621 海安县 > 320685 海安市
2019-10-31 P become 330185 临安市 > 330112 临安区
2019-10-31 P become 331021 玉环县 > 331083 玉环市
2019-10-31 P become 341822 广德县 > 341882 广德市
2019-10-31 P become 350182 长乐市 > 350112 长乐区
2019-10-31 P become 360421 九江县 > 360404 柴桑区
2019-10-31 P become 360622 余江县 > 360603 余江区
2019-10-31 P become 370181 章丘市 > 370114 章丘区
2019-10-31 P become 370125 济阳县 > 370115 济阳区
2019-10-31 P become 370282 即墨市 > 370215 即墨区
2019-10-31 P become 371523 茌平县 > 371503 茌平区
2019-10-31 P become 371626 邹平县 > 371681 邹平市
2019-10-31 P become 410728 长垣县 > 410783 长垣市
2019-10-31 P merge 410211 金明区 > 410202 龙亭区
2019-10-31 P become 420821 京山县 > 420882 京山市
2019-10-31 P become 430124 宁乡县 > 430182 宁乡市
2019-10-31 P become 430221 株洲县 > 430212 渌口区
2019-10-31 P become 430521 邵东县 > 430582 邵东市
2019-10-31 P become 450331 荔浦县 > 450381 荔浦市
2019-10-31 P become 451281 宜州市 > 451203 宜州区
2019-10-31 P become 510626 罗江县 > 510604 罗江区
2019-10-31 P become 510922 射洪县 > 510981 射洪市
2019-10-31 P become 511028 隆昌县 > 511083 隆昌市
2019-10-31 P become 511521 宜宾县 > 511504 叙州区
2019-10-31 P become 530321 马龙县 > 530304 马龙区
2019-10-31 P become 530630 水富县 > 530681 水富市
2019-10-31 P become 610427 彬县 > 610482 彬州市
2019-10-31 P become 610623 子长县 > 610681 子长市
2019-10-31 P become 610821 神木县 > 610881 神木市
2019-10-31 P become 620824 华亭县 > 620881 华亭市
2019-12-31 P become 630122 湟中县 > 630106 湟中区
2020-06-01 P become 632321 同仁县 > 632301 同仁市
2020-12-31 P become 520221 水城县 > 520204 水城区
2021-02-01 P become 610928 旬阳县 > 610981 旬阳市
2021-03-01 P become 520522 黔西县 > 520581 黔西市
2023-04-03 P become 540422 米林县 > 540481 米林市
2023-04-03 P become 540530 错那县 > 540581 错那市
`

/** What a line cannot say, by the code of the unit after the change. */
export const changeNotes: Readonly<Record<string, string>> = {
  '130403': 'parts went to Hanshan District',
  '140214': 'Kuang District and most of Nanjiao District made the new district',
  '320214': 'made of parts of Binhu and Xishan',
  '410202': 'merged earlier than the lists show it',
  '632803': 'Lenghu and Mangya became one city; the old unit of Mangya carries on',
  '540481': 'date of announcement',
  '540581': 'date of announcement',
  '130705': 'Xuanhua County and the old Xuanhua District became one; the poor county carries on',
  '130721': 'Xuanhua County and the old Xuanhua District became one; the poor county carries on',
}

/**
 * Units of the list of poor counties (2012) that had another name by the campaign's first day: code on that day, name in
 * the list, month of the change (known, not verified).
 */
export const renamedBefore: readonly (readonly [code: string, listName: string, month: string])[] = [
  ['360703', '南康市', '2013-11'],
  ['420304', '郧县', '2014-09'],
  ['513301', '康定县', '2015-02'],
  ['520403', '平坝县', '2014-12'],
  ['520603', '万山特区', '2011-11'],
  ['533401', '香格里拉县', '2014-12'],
  ['630202', '乐都县', '2013-02'],
  ['630203', '平安县', '2015-02'],
  ['632701', '玉树县', '2013-07'],
]

/** County-level cities of Xinjiang's corps that the set of 2019 leaves out, though they stood then. */
export const missingIn2019: Readonly<Record<string, string>> = {
  '659005': '北屯市',
  '659007': '双河市',
  '659008': '可克达拉市',
  '659009': '昆玉市',
}
