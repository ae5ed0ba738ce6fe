import { expect, test } from 'vitest';
import { normaliseText } from '#analyze';
import { resolvePlaces } from '../../support/packs.ts';

const resolve = (text: string, hints = {}) =>
  resolvePlaces(normaliseText(text), { officeRegions: [], ...hints });
const primaryOf = (text: string, hints = {}) =>
  resolve(text, hints).places.find(({ isPrimary }) => isPrimary);

test.for([
  { text: '北京市朝阳区发生火灾', regionCode: '110105', reason: 'named' },
  { text: '辽宁朝阳一工厂爆炸', regionCode: '211300', reason: 'named' },
  { text: '南昌市西湖区一小区停水', regionCode: '360103', reason: 'named' },
  { text: '鼓楼区火灾，南京消防通报', regionCode: '320106', reason: 'named' },
  { text: '临江市通报', regionCode: '220681', reason: 'onlyOne' },
  { text: '湘潭一社区停电', regionCode: '430300', reason: 'onlyOne' },
  { text: '海南藏族自治州降雪', regionCode: '632500', reason: 'onlyOne' },
  { text: '浙江杭州西湖区文新街道', regionCode: '330106013', reason: 'named' },
  { text: '东莞市虎门镇', regionCode: '441900121', reason: 'named' },
])('$text is $regionCode', ({ text, regionCode, reason }) => {
  expect(primaryOf(text)).toMatchObject({ regionCode, reason });
});

test('where the text does not tell, the source’s region does, and then the office’s', () => {
  const text = '西湖区一小区停水';
  expect(primaryOf(text, { sourceRegion: '360100', officeRegions: ['330100'] })).toMatchObject({
    regionCode: '360103',
    reason: 'sourceRegion',
  });
  expect(primaryOf(text, { officeRegions: ['330100'] })).toMatchObject({
    regionCode: '330106',
    reason: 'officeRegion',
  });
});

test('a name of several places that nothing tells apart stays open, with what it could be', () => {
  const { places, unresolved } = resolve('西湖区一小区停水');
  expect(places).toEqual([]);
  expect(unresolved).toMatchObject([{ words: '西湖区', start: 0 }]);
  expect(unresolved[0]?.candidates).toEqual(expect.arrayContaining(['330106', '360103']));
});

test.for([
  '社会和平发展，朝阳照耀，新建学校站位高明',
  '长安汽车降价',
  '市政府在上海路开会',
  '南京路步行街夜景',
])('%s names no place', (text) => {
  expect(resolve(text).places).toEqual([]);
});

test('the words of a place are where it says', () => {
  const text = '通报：南昌市西湖区停水';
  const [place] = resolve(text).places;
  expect(normaliseText(text).slice(place?.start, place?.end)).toBe('西湖区');
});
