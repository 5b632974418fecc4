#![no_main]

safeseat_fuzz::fuzz!(template);
