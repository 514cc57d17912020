/** The app's version, put in when the page is built. */
declare const __APP_VERSION__: string;
