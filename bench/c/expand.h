#pragma once
// Bodies of frames that were made shorter. Each writes what the bytes from p to end stand for, and returns where that ends.
#include <string.h>
#include "common.h"
static u8* expand_literal(u8*o,const u8*p,const u8*end){memcpy(o,p,end-p);return o+(end-p);}
static u8* expand_cut(u8*o,const u8*p,const u8*end,u8 fill,size_t length){
  size_t have=end-p;memcpy(o,p,have);if(have<length){memset(o+have,fill,length-have);return o+length;}return o+have;}
static u8* expand_run_length(u8*o,const u8*p,const u8*end){
  while(p<end){u8 c=*p++;int n=c&127;if(c<128){memcpy(o,p,n);p+=n;}else memset(o,*p++,n);o+=n;}return o;}
static u8* expand_sna(u8*o,const u8*p,const u8*end,u8 prime){
  while(p<end){u8 c=*p++;int n=c&63;if(c<0x40){memcpy(o,p,n);p+=n;}else if(c<0xC0)memset(o,prime,n);else memset(o,*p++,n);o+=n;}return o;}
static u8* expand_nje(u8*o,const u8*p,const u8*end,u8 prime){
  while(p<end){u8 c=*p++;int n;if(c>=0xC0){n=c&63;memcpy(o,p,n);p+=n;}else if(c>=0xA0){n=c&31;memset(o,*p++,n);}
    else if(c>=0x80){n=c&31;memset(o,prime,n);}else break;o+=n;}return o;}
static u8* expand_bitmap(u8*o,const u8*p,const u8*end,u8 fill,const u16*fields,int count){
  const u8*map=p;(void)end;p+=p[0]>=0x80?16:8;
  for(int i=0;i<count;i++){int bit=i+1,n=fields[i];
    if(bit<(map[0]>=0x80?128:64)&&(map[bit>>3]&(0x80>>(bit&7)))){memcpy(o,p,n);p+=n;}else memset(o,fill,n);o+=n;}
  return o;}
