#![no_main]

safeseat_fuzz::fuzz!(interview);
