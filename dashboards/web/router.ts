import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import DeskPage from './pages/DeskPage.vue';
import { loadMe, me } from './session.ts';

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/desk' },
  { path: '/sign-in', component: () => import('./pages/SignInPage.vue'), meta: { title: '登录' } },
  {
    path: '/password',
    component: () => import('./pages/PasswordPage.vue'),
    meta: { title: '修改密码' },
  },
  {
    path: '/second-factor',
    component: () => import('./pages/SecondFactorPage.vue'),
    meta: { title: '动态口令' },
  },
  { path: '/desk', component: DeskPage, meta: { title: '工作台' } },
  {
    path: '/events/:id',
    component: () => import('./pages/EventPage.vue'),
    meta: { title: '事件' },
  },
  {
    path: '/countdowns',
    component: () => import('./pages/CountdownsPage.vue'),
    meta: { title: '时限' },
  },
  {
    path: '/orders',
    component: () => import('./pages/OrdersPage.vue'),
    meta: { title: '处置单' },
  },
  {
    path: '/conferences/:id',
    component: () => import('./pages/ConferencePage.vue'),
    meta: { title: '新闻发布会审批表' },
  },
  {
    path: '/supervision',
    component: () => import('./pages/SupervisionPage.vue'),
    meta: { title: '督办' },
  },
  {
    path: '/rumors',
    component: () => import('./pages/RumorsPage.vue'),
    meta: { title: '不实信息核查' },
  },
  {
    path: '/transfers',
    component: () => import('./pages/TransfersPage.vue'),
    meta: { title: '转办登记' },
  },
  {
    path: '/sources',
    component: () => import('./pages/SourcesPage.vue'),
    meta: { title: '信息源' },
  },
  { path: '/search', component: () => import('./pages/SearchPage.vue'), meta: { title: '检索' } },
  {
    path: '/register',
    component: () => import('./pages/RegisterPage.vue'),
    meta: { title: '发布登记簿' },
  },
  { path: '/reports', component: () => import('./pages/ReportsPage.vue'), meta: { title: '报告' } },
  {
    path: '/reports/:id/edit',
    component: () => import('./pages/ReportEditPage.vue'),
    meta: { title: '修改报告' },
  },
  {
    path: '/measures',
    component: () => import('./pages/MeasuresPage.vue'),
    meta: { title: '指标' },
  },
  {
    path: '/people',
    component: () => import('./pages/PeoplePage.vue'),
    meta: { title: '人员与值班' },
  },
  {
    path: '/channels',
    component: () => import('./pages/ChannelsPage.vue'),
    meta: { title: '通道' },
  },
  {
    path: '/roster',
    component: () => import('./pages/RosterPage.vue'),
    meta: { title: '值班表' },
  },
  { path: '/audit', component: () => import('./pages/AuditPage.vue'), meta: { title: '操作记录' } },
  {
    path: '/:rest(.*)',
    component: () => import('./pages/MissingPage.vue'),
    meta: { title: '没有这一页' },
  },
];

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
});

router.beforeEach(async (to) => {
  if (!me.value) await loadMe();
  if (to.path === '/sign-in') return me.value ? '/desk' : true;
  if (!me.value) return { path: '/sign-in', query: { to: to.fullPath } };
  // Nothing else before the one-time password is changed.
  if (me.value.mustChangePassword && to.path !== '/password') return '/password';
  return true;
});
