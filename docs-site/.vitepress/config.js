import { defineConfig } from 'vitepress';

/** The pages in the order of the sidebar; a Chinese one is there where it has a title. */
const PAGES = [
  { path: 'recipes', title: 'Recipes', chinese: '操作示例' },
  { path: 'faq', title: 'Questions', chinese: '常见问题' },
  { path: 'messages', title: 'Messages', chinese: '消息' },
  { path: 'probe', title: 'probe', chinese: 'probe' },
  { path: 'audit', title: 'audit', chinese: 'audit' },
  { path: 'verify', title: 'verify', chinese: 'verify' },
  { path: 'trial', title: 'A trial boot', chinese: '试启动' },
  { path: 'layouts', title: 'Boot layouts', chinese: '启动布局' },
  { path: 'evidence', title: 'Evidence', chinese: '依据' },
  { path: 'comparison', title: 'Beside other tools' },
  { path: 'portable', title: 'Without Node' },
  { path: 'ansible', title: 'Ansible', chinese: 'Ansible' },
  { path: 'fleet', title: 'Other machines', chinese: '其他机器' },
  { path: 'story', title: 'The story on a real kernel', chinese: '在真实内核上重演' },
  { path: 'images', title: 'Images and trees' },
  { path: 'security', title: 'Security' },
  { path: 'reliability', title: 'When the power goes' },
  { path: 'limits', title: 'Limits' },
  { path: 'kernel-images', title: 'Kernel images' },
  { path: 'grub-script', title: 'GRUB scripts' },
  { path: 'defaults', title: 'Defaults files' },
  { path: 'library', title: 'As a library' },
  { path: 'architecture', title: 'Architecture' },
  { path: 'glossary', title: 'Glossary' },
];

const english = PAGES.map(({ path, title }) => ({ text: title, link: `/${path}` }));
const chinese = PAGES.flatMap(({ path, chinese: text }) => {
  return text === undefined ? [] : [{ text, link: `/zh-CN/${path}` }];
});

export default defineConfig({
  title: 'bootmend',
  description:
    'Kernel boot parameters, proven before the reboot, seen before they are written, undone byte for byte',
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: 'cache',
  markdown: { html: false },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: english } },
    'zh-CN': {
      label: '简体中文',
      lang: 'zh-CN',
      description: '内核启动参数：重启前先证实，写入前先看到，可逐字节撤销',
      themeConfig: {
        sidebar: chinese,
        outline: { level: [2, 3], label: '本页内容' },
        docFooter: { prev: '上一页', next: '下一页' },
      },
    },
  },
  themeConfig: { search: { provider: 'local' }, outline: [2, 3] },
});
