#pragma once
// Fields that scalar.h has no routine for, written in its manner: byte by byte, what a competent C programmer writes first.
#include "scalar.h"
static const u64 POW10[20]={1ull,10ull,100ull,1000ull,10000ull,100000ull,1000000ull,10000000ull,100000000ull,1000000000ull,10000000000ull,
  100000000000ull,1000000000000ull,10000000000000ull,100000000000000ull,1000000000000000ull,10000000000000000ull,100000000000000000ull,
  1000000000000000000ull,10000000000000000000ull};
static inline __attribute__((always_inline)) u8* whole(u8*o,u64 v){
  u8 tmp[24];int i=24;while(v>=100){u64 q=v/100;u32 r=(u32)(v-q*100);v=q;i-=2;CPY(tmp+i,DD+2*r,2);}
  if(v>=10){i-=2;CPY(tmp+i,DD+2*v,2);}else tmp[--i]='0'+(u8)v;
  while(i<24)*o++=tmp[i++];return o;}
// Binary of n bytes with the high byte first.
static inline __attribute__((always_inline)) u8* binary(u8*o,const u8*p,int n,int scale,int sgn){
  u64 v=0;for(int i=0;i<n;i++)v=v<<8|p[i];
  if(sgn&&(v>>(8*n-1)&1)){*o++='-';v=-(n<8?v|~0ull<<(8*n&63):v);}
  if(!scale)return whole(o,v);
  u64 q=v/POW10[scale],r=v-q*POW10[scale];o=whole(o,q);*o++='.';
  for(int i=scale-1;i>=0;i--){o[i]='0'+(u8)(r%10);r/=10;}
  return o+scale;}
// The sign is a byte of its own in front of n digits.
static inline __attribute__((always_inline)) u8* separate(u8*o,const u8*p,int n,int scale,u32*err){
  *err|=p[0]!=0x4E&&p[0]!=0x60;if(p[0]==0x60)*o++='-';return zoned(o,p+1,n,scale,0,err);}
static inline __attribute__((always_inline)) u64 read_bits(const u8*p,u32 bit,int n){
  u64 v=0;for(int i=0;i<n;i++){u32 b=bit+(u32)i;v=v<<1|(p[b>>3]>>(7-(b&7))&1);}return v;}
static inline __attribute__((always_inline)) u32 read_zoned(const u8*p,int n){u32 v=0;for(int i=0;i<n;i++)v=v*10+(p[i]&15);return v;}
static inline __attribute__((always_inline)) u32 read_packed(const u8*p,int n){
  u32 v=0;for(int i=0;i<n-1;i++)v=v*100+(p[i]>>4)*10+(p[i]&15);return v*10+(p[n-1]>>4);}
static inline __attribute__((always_inline)) u32 read_binary(const u8*p,int n){u32 v=0;for(int i=0;i<n;i++)v=v<<8|p[i];return v;}
// The end of an array that may be empty.
static inline __attribute__((always_inline)) u8* close_array(u8*o){if(o[-1]==','){o[-1]=']';return o;}*o++=']';return o;}
static inline __attribute__((always_inline)) u8* bits(u8*o,const u8*p,u32 bit,int n,int scale){
  u64 v=read_bits(p,bit,n);if(!scale)return whole(o,v);
  u64 q=v/POW10[scale],r=v-q*POW10[scale];o=whole(o,q);*o++='.';
  for(int i=scale-1;i>=0;i--){o[i]='0'+(u8)(r%10);r/=10;}
  return o+scale;}
// A number, or null when its bytes are all blanks or all zeros of a field that was left empty.
static inline __attribute__((always_inline)) int is_empty(const u8*p,int n){
  if(p[0]!=0x40&&p[0]!=0)return 0;for(int i=1;i<n;i++)if(p[i]!=p[0])return 0;return 1;}
#define OR_NULL(p,n,call) do{if(__builtin_expect(is_empty(p,n),0)){CPY(o,"null",4);o+=4;}else{o=call;}}while(0)
