/** What users choose for their settings, by the platform's codes; time zones are all that ICU knows, of which it has a part. */
export const TIME_ZONES: readonly string[] = [
  ...new Set([
    ...Intl.supportedValuesOf('timeZone'),
    ...words(`GMT America/Argentina/Buenos_Aires America/Indiana/Indianapolis America/Nuuk Asia/Ho_Chi_Minh
      Asia/Kathmandu Asia/Kolkata Asia/Yangon Europe/Kyiv Pacific/Enderbury Pacific/Kanton`),
  ]),
].toSorted();

export const LOCALES: readonly string[] = words(`
  af_ZA am_ET ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SY ar_TN ar_YE
  az_AZ be_BY bg_BG bn_BD bn_IN bs_BA ca_ES cs_CZ cy_GB da_DK de_AT de_BE de_CH de_DE de_LU dz_BT el_CY el_GR
  en_AE en_AG en_AU en_BB en_BE en_BM en_BS en_BW en_BZ en_CA en_CM en_CY en_DE en_ER en_FI en_FJ en_FK en_GB en_GH en_GI
  en_GM en_GY en_HK en_ID en_IE en_IL en_IN en_JM en_KE en_KY en_LR en_MG en_MT en_MU en_MW en_MY en_NA en_NG en_NL en_NZ
  en_PG en_PH en_PK en_RW en_SB en_SC en_SE en_SG en_SH en_SL en_SX en_SZ en_TO en_TT en_TZ en_UG en_US en_VU en_WS
  en_ZA es_AR es_BO es_CL es_CO es_CR es_DO es_EC es_ES es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_PY es_SV es_US
  es_UY es_VE et_EE eu_ES fa_IR fi_FI fr_BE fr_CA fr_CH fr_CM fr_FR fr_HT fr_KM fr_LU fr_MA fr_MC fr_MG ga_IE gu_IN
  hi_IN hr_HR hu_HU hy_AM in_ID is_IS it_CH it_IT iw_IL ja_JP ka_GE kk_KZ km_KH kn_IN ko_KP ko_KR ky_KG lb_LU lo_LA
  lt_LT lu_CD lv_LV mk_MK ml_IN mr_IN ms_BN ms_MY mt_MT my_MM ne_NP nl_AW nl_BE nl_NL nl_SR no_NO pa_IN pl_PL ps_AF
  pt_AO pt_BR pt_CV pt_MZ pt_PT pt_ST qu_BO qu_EC qu_PE rm_CH rn_BI ro_MD ro_RO ru_KG ru_KZ ru_LT ru_PL ru_RU ru_UA
  sk_SK sl_SI so_DJ so_SO sq_AL sr_BA sr_CS sr_ME sr_RS sv_SE sw_KE ta_IN ta_LK te_IN tg_TJ th_TH ti_ET tl_PH tr_TR
  uk_UA ur_PK uz_UZ vi_VN xh_ZA yo_BJ zh_CN zh_HK zh_MO zh_MY zh_SG zh_TW zu_ZA`);

export const LANGUAGES: readonly string[] = words(`
  en_US de es fr it ja sv ko zh_TW zh_CN pt_BR nl_NL da th fi ru es_MX no
  ar bg cs en_GB el fr_CA hu in iw pl pt_PT ro sk sl tr uk vi hr
  af am ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SY ar_TN ar_YE
  bn bs ca cy de_AT de_BE de_CH de_LU el_CY en_AE en_AU en_BE en_CA en_CY en_DE en_HK en_IE en_IL en_IN en_IT en_MT
  en_MY en_NL en_NZ en_PH en_SG en_ZA es_AR es_BO es_CL es_CO es_CR es_DO es_EC es_GT es_HN es_NI es_PA es_PE es_PR
  es_PY es_SV es_US es_UY es_VE et eu fa fr_BE fr_CH fr_LU fr_MA ga gu hi hy is it_CH ka kk km kn lb lt lv mk ml mr ms
  mt my nl_BE pa_IN pt_CV rm ro_MD ru_AM ru_BY ru_KG ru_KZ ru_LT ru_MD ru_PL ru_UA sh sh_ME sq sr sw ta te tl tr ur xh
  zh_HK zh_MY zh_SG zu`);

export const EMAIL_ENCODINGS: readonly string[] = words(
  'UTF-8 ISO-8859-1 Shift_JIS ISO-2022-JP EUC-JP x-SJIS_0213 ks_c_5601-1987 Big5 GB2312 Big5-HKSCS',
);

function words(text: string): readonly string[] {
  return [...new Set(text.trim().split(/\s+/))];
}
