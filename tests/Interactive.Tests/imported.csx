int imported = 20;
