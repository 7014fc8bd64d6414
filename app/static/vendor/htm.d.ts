/** htm: tagged templates to calls of ``h``. */
declare const htm: {
  bind<R>(h: (...parts: any[]) => R): (strings: TemplateStringsArray, ...values: any[]) => R;
};
export default htm;
