/** How the demo's SDK is stopped, as clause 四、（三） of its guide says it. */
const CLIENT = { "zh-CN": "调用 YQIM.shutdown()", en: "Call YQIM.shutdown()" };
const BROWSER = { "zh-CN": "调用 client.destroy()", en: "Call client.destroy()" };
const DESKTOP = { "zh-CN": "调用 yqim_uninit()", en: "Call yqim_uninit()" };

export const STOP_WAYS = {
  android: CLIENT,
  ios: CLIENT,
  harmony: CLIENT,
  web: BROWSER,
  miniprogram: BROWSER,
  windows: DESKTOP,
  macos: DESKTOP,
};
